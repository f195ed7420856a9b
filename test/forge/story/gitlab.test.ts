/** The life of pull requests on GitLab: see story.ts. */
import { onGitlab } from './on-gitlab.ts';
import { tellStory } from './story.ts';

tellStory(onGitlab);
