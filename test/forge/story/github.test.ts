/** The life of pull requests on GitHub: see story.ts. */
import { onGithub } from './on-github.ts';
import { tellStory } from './story.ts';

tellStory(onGithub);
