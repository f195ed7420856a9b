/** People's names by culture, with the language each brings along. Order is part of the seed's promise: never edit a line. */

export interface Culture {
  /** The name of the skill for the language. */
  readonly language: string;
  readonly regions: readonly string[];
  readonly first: readonly string[];
  readonly last: readonly string[];
}

function culture(language: string, regions: string, names: readonly [string, string]): Culture {
  const [first, last] = names;
  return {
    language,
    regions: regions.split(','),
    first: first.split(','),
    last: last.split(','),
  };
}

export const CULTURES: readonly Culture[] = [
  culture('English', 'amer,emea', [
    'Olivia,James,Amelia,William,Charlotte,Henry,Grace,Thomas,Hannah,Samuel,Megan,Daniel,Chloe,Oliver,Abigail,Ethan,Zoe,Nathan,Ruby,Liam',
    "Smith,Taylor,Walker,Bennett,Hughes,Carter,Mitchell,Cooper,Foster,Reed,O'Brien,Murphy,Campbell,Stewart,Lewis,Parker,Coleman,Hayes,Ellis,Barrett",
  ]),
  culture('Spanish', 'emea,latam', [
    'Ana,José,Lucía,Carlos,María,Javier,Carmen,Diego,Elena,Pablo,Sofía,Andrés,Valentina,Miguel,Isabel,Raúl,Paula,Fernando,Camila,Álvaro',
    'Ruiz,García,Fernández,López,Martínez,Sánchez,Romero,Navarro,Torres,Domínguez,Vázquez,Ramos,Gil,Serrano,Molina,Castro,Ortega,Rubio,Medina,Peña',
  ]),
  culture('Portuguese', 'latam,emea', [
    'Beatriz,João,Mariana,Tiago,Inês,Rafael,Larissa,Gustavo,Fernanda,Bruno,Letícia,Felipe,Catarina,Rodrigo,Juliana,Vinícius,Rita,Nuno,Bianca,Mateus',
    'Silva,Santos,Oliveira,Pereira,Costa,Carvalho,Almeida,Ferreira,Ribeiro,Gomes,Martins,Araújo,Barbosa,Rocha,Teixeira,Moreira,Cardoso,Correia,Mendes,Nogueira',
  ]),
  culture('French', 'emea,amer', [
    'Camille,Julien,Chloé,Antoine,Manon,Nicolas,Léa,Mathieu,Aurélie,Pierre,Élodie,Hugo,Margaux,Romain,Inès,Guillaume,Océane,Bastien,Clémence,Maxime',
    'Martin,Bernard,Dubois,Moreau,Laurent,Lefèvre,Garnier,Chevalier,Girard,Fontaine,Rousseau,Mercier,Blanc,Gauthier,Perrin,Morel,Renard,Lemoine,Besson,Marchand',
  ]),
  culture('German', 'emea', [
    'Anna,Lukas,Lena,Felix,Katharina,Jonas,Sabine,Maximilian,Julia,Tobias,Franziska,Stefan,Miriam,Jürgen,Heike,Florian,Nele,Matthias,Greta,Björn',
    'Müller,Schmidt,Schneider,Fischer,Weber,Wagner,Becker,Hoffmann,Schäfer,Koch,Bauer,Richter,Klein,Wolf,Schröder,Neumann,Braun,Krüger,Hartmann,Groß',
  ]),
  culture('Italian', 'emea', [
    'Giulia,Marco,Francesca,Luca,Chiara,Matteo,Martina,Alessandro,Elisa,Davide,Federica,Lorenzo,Silvia,Simone,Valeria,Riccardo,Ilaria,Stefano,Giorgia,Nicolò',
    'Rossi,Russo,Ferrari,Esposito,Bianchi,Romano,Colombo,Ricci,Marino,Greco,Bruno,Gallo,Conti,De Luca,Mancini,Rizzo,Lombardi,Moretti,Barbieri,Fontana',
  ]),
  culture('Dutch', 'emea', [
    'Sanne,Daan,Lotte,Bram,Femke,Jeroen,Anouk,Sander,Fleur,Thijs,Maaike,Ruben,Eline,Pieter,Iris,Joost,Marieke,Wouter,Roos,Koen',
    'de Jong,Jansen,de Vries,van den Berg,Bakker,van Dijk,Visser,Smit,Meijer,de Boer,Mulder,Bos,Vos,Peters,Hendriks,Dekker,Brouwer,de Wit,Dijkstra,Kuipers',
  ]),
  culture('Polish', 'emea', [
    'Agnieszka,Piotr,Katarzyna,Tomasz,Magdalena,Paweł,Joanna,Michał,Zofia,Krzysztof,Ewa,Jakub,Karolina,Marcin,Natalia,Bartosz,Monika,Grzegorz,Aleksandra,Łukasz',
    'Nowak,Kowalski,Wiśniewski,Wójcik,Kamiński,Lewandowski,Zieliński,Szymański,Woźniak,Dąbrowski,Kozłowski,Jankowski,Mazur,Kwiatkowski,Krawczyk,Piotrowski,Grabowski,Pawlak,Michalski,Król',
  ]),
  culture('Turkish', 'emea', [
    'Ayşe,Mehmet,Elif,Mustafa,Zeynep,Emre,Fatma,Can,Merve,Burak,Selin,Cem,Esra,Murat,Derya,Kerem,Gül,Onur,Ebru,Barış',
    'Yılmaz,Kaya,Demir,Şahin,Çelik,Yıldız,Öztürk,Aydın,Arslan,Doğan,Kılıç,Aslan,Çetin,Kara,Koç,Kurt,Özdemir,Şimşek,Polat,Erdoğan',
  ]),
  culture('Arabic', 'emea', [
    'Layla,Omar,Fatima,Youssef,Mariam,Khalid,Noura,Hassan,Salma,Tariq,Amina,Karim,Rania,Samir,Huda,Bilal,Yasmin,Faisal,Dina,Nabil',
    'Haddad,Khalil,Mansour,Nasser,Farouk,Saleh,Hamdan,Aziz,Rahman,Khoury,Sabbagh,Najjar,Qasim,Darwish,Shahin,Hakim,Bishara,Zayed,Fakhoury,Mahmoud',
  ]),
  culture('Hindi', 'apac,emea', [
    'Priya,Arjun,Ananya,Rahul,Kavya,Vikram,Neha,Rohan,Pooja,Aditya,Meera,Sanjay,Divya,Karan,Shreya,Amit,Nisha,Varun,Asha,Manish',
    'Sharma,Patel,Singh,Gupta,Kumar,Mehta,Iyer,Reddy,Nair,Joshi,Verma,Rao,Chopra,Malhotra,Desai,Bhatt,Kapoor,Menon,Saxena,Banerjee',
  ]),
  culture('Japanese', 'apac', [
    'Yuki,Haruto,Sakura,Ren,Aiko,Daiki,Hana,Kenji,Misaki,Takumi,Naomi,Sota,Emi,Hiroshi,Rina,Kaito,Ayaka,Ryo,Mei,Shota',
    'Sato,Suzuki,Takahashi,Tanaka,Watanabe,Ito,Yamamoto,Nakamura,Kobayashi,Kato,Yoshida,Yamada,Sasaki,Matsumoto,Inoue,Kimura,Hayashi,Shimizu,Mori,Abe',
  ]),
  culture('Mandarin', 'apac', [
    'Wei,Xiu,Jing,Ming,Li,Hao,Fang,Jun,Mei,Tao,Yan,Lei,Hui,Qiang,Xin,Bo,Ling,Chao,Na,Peng',
    'Wang,Li,Zhang,Liu,Chen,Yang,Huang,Zhao,Wu,Zhou,Xu,Sun,Ma,Zhu,Hu,Guo,Lin,He,Gao,Luo',
  ]),
];

const PLAIN = new Map(Object.entries({ ł: 'l', ß: 'ss', ı: 'i', ø: 'o' }));

/** A name as it stands in an e-mail address: lower-case letters a to z alone. */
export function slug(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[łßıø]/g, (letter) => PLAIN.get(letter) ?? '')
    .replace(/[^a-z]/g, '');
}
