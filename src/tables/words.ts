/** The words people put above their columns and into them, in five languages; docs/tables.md lists them. */
import { KINDS, type Kind } from '../model/assignment.ts';
import { even } from './text.ts';

export type Role =
  | 'user'
  | 'id'
  | 'name'
  | 'skill'
  | 'skill-id'
  | 'language'
  | 'kind'
  | 'proficiency'
  | 'from'
  | 'until'
  | 'afterwards'
  | 'action'
  | 'reason'
  | 'aside';

/** Without accents, spaces and punctuation; `aside` are columns that say nothing of skills. */
export const HEADERS: Readonly<Record<Role, readonly string[]>> = {
  user: words(`user agent employee person member login username loginname account key
    email mail emailaddress useremail agentemail workemail
    benutzer benutzername anwender mitarbeiter mitarbeiterin agentin anmeldename emailadresse mailadresse
    utilisateur identifiant courriel adressemail adresseemail
    usuario agente empleado correo correoelectronico utente operatore indirizzoemail`),
  id: words('id userid agentid platformid benutzerid agentenid idutilisateur idusuario idutente'),
  name: words(`name fullname displayname agentname employeename vollername anzeigename
    nom nomcomplet nombre nombrecompleto nome nomecompleto`),
  skill: words(`skill skillname routingskill acdskill competence competency
    fahigkeit faehigkeit kenntnis kompetenz qualifikation fertigkeit
    habilidad competencia competenza`),
  'skill-id': words('skillid routingskillid'),
  language: words('language routinglanguage sprache langue idioma lingua'),
  kind: words('kind type art typ tipo'),
  proficiency: words(`proficiency level value rating score skilllevel proficiencylevel
    stufe niveau wert auspragung auspraegung valeur nivel valor livello valore`),
  from: words(`from validfrom start startdate begin von ab gultigab gueltigab gultigvon gueltigvon beginn
    de debut datededebut desde inicio fechadeinicio da dal inizio`),
  until: words(`until till to validuntil validto end enddate expires bis gultigbis gueltigbis ende
    jusquau fin datedefin hasta fechadefin finoal fine`),
  afterwards: words('then afterwards danach ensuite luego poi'),
  action: words('action operation aktion accion azione'),
  reason: words('reason grund motif motivo'),
  aside: words(`firstname lastname givenname surname team department division site location manager
    supervisor teamlead note notes comment comments through
    vorname nachname gruppe abteilung standort teamleiter bemerkung kommentar
    prenom equipe commentaire apellido apellidos equipo departamento comentario cognome squadra`),
};

export type Action = 'set' | 'absent' | 'remove' | 'keep';

/** An empty cell is `set`. */
export const ACTIONS: Readonly<Record<Action, readonly string[]>> = {
  set: words('set add update change setzen hinzufugen hinzufuegen andern aendern ajouter anadir'),
  absent: words('absent'),
  remove: words('remove delete entfernen loschen loeschen supprimer eliminar quitar'),
  keep: words('keep none behalten'),
};

const KIND_WORDS = { skill: HEADERS.skill, language: HEADERS.language } as const;
const PREFIXED = /^(\p{L}+)\s*:\s*(\S.*)$/u;

const ROLES: ReadonlyMap<string, Role> = new Map(
  Object.entries(HEADERS).flatMap(([role, all]) =>
    all.map((word) => [word, role as Role] as const),
  ),
);

export function roleOf(header: string): Role | undefined {
  return prefixed(header) ? undefined : ROLES.get(bareWord(header));
}

export function kindOf(text: string): Kind | undefined {
  const word = bareWord(text);
  return KINDS.find((kind) => KIND_WORDS[kind].includes(word));
}

/** `language: Spanish`, above a column of a matrix. */
export function prefixed(text: string): { readonly kind: Kind; readonly name: string } | undefined {
  const [, prefix = '', name = ''] = PREFIXED.exec(text) ?? [];
  const kind = kindOf(prefix);
  return kind && { kind, name };
}

/** Letters and digits alone, without accents and in lower case: `Gültig ab` is `gultigab`. */
export function bareWord(text: string): string {
  const plain = even(text).normalize('NFD').toLowerCase().replaceAll('ß', 'ss');
  return plain.replace(/[^\p{L}\p{N}]/gu, '');
}

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}
