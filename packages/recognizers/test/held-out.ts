import type { LocalModel } from '../src/index.ts'

/** Training data of a language, with phrases that were written after the recognizer was tuned and never used for it. */
export interface HeldOut {
  readonly language: string
  readonly model: LocalModel
  readonly phrases: Readonly<Record<string, readonly string[]>>
}

/** About none of the subjects, in all languages. */
export const offTopic: readonly string[] = [
  'colorless green ideas sleep furiously',
  'gjrkdl wpqo',
  'the mitochondria is the powerhouse of the cell',
  'we went fishing last summer',
  '3.14159',
  'les nuages sont blancs au-dessus de la montagne',
  'mon chat dort sur le canapé',
  'schnitzel mit pommes',
  'el perro come manzanas',
  '고양이가 소파에서 잔다',
  'القطة تنام على الأريكة',
  'aaaaaaaaaaaa',
  'roses are red violets are blue',
  'one two three four five',
  '🦄',
]

export const heldOut: readonly HeldOut[] = [
  {
    language: 'English',
    model: {
      intents: {
        ResetPassword: [
          'reset my password',
          'i forgot my password',
          'my password does not work',
          'change my password',
          'i cannot log in',
          'locked out of my account',
        ],
        OrderHardware: [
          'i need a new laptop',
          'order a monitor',
          'request a keyboard',
          'my mouse is broken, i need another one',
          'can i get a headset',
          'replace my laptop',
        ],
        WifiProblem: [
          'the wifi is down',
          'no internet connection',
          'i cannot connect to the network',
          'wifi is slow',
          'the vpn does not connect',
          'internet not working',
        ],
        BookRoom: [
          'book a meeting room',
          'reserve a conference room for monday',
          'is a meeting room free at noon',
          'i need a room for ten people',
          'room booking',
          'find a free room',
        ],
        Holiday: [
          'i want to take a day off',
          'request vacation',
          'how many holidays do i have left',
          'apply for leave',
          'i will be on vacation next week',
          'vacation days',
        ],
        Thanks: ['thanks', 'thank you', 'thanks a lot', 'great, thank you', 'cheers', 'much appreciated'],
      },
    },
    phrases: {
      ResetPassword: [
        'please reset my password',
        'forgot password',
        'password reset',
        'i am locked out',
        'cant log in',
      ],
      OrderHardware: [
        'i would like to order a laptop',
        'new keyboard please',
        'i need another monitor',
        'my headset is broken',
      ],
      WifiProblem: [
        'wifi not working',
        'the internet is down',
        'i have no connection',
        'vpn is slow today',
        'network down',
      ],
      BookRoom: [
        'book a room for tomorrow',
        'any free meeting rooms?',
        'reserve a meeting room',
        'i want to book a conference room',
      ],
      Holiday: [
        'i want to request vacation days',
        'day off tomorrow',
        'how many vacation days are left',
        'applying for leave',
      ],
      Thanks: ['thank you very much', 'ok thanks', 'thanks!', 'many thanks'],
    },
  },
  {
    language: 'French',
    model: {
      intents: {
        Reserver: [
          'je voudrais réserver une table',
          'réserver pour ce soir',
          'une table pour deux personnes',
          'je veux faire une réservation',
          'avez-vous une table libre demain',
        ],
        Menu: [
          'montrez-moi le menu',
          "qu'y a-t-il au menu",
          'quel est le plat du jour',
          'avez-vous des plats végétariens',
          'la carte des desserts',
        ],
        Horaires: [
          'quels sont vos horaires',
          'à quelle heure ouvrez-vous',
          'êtes-vous ouverts le dimanche',
          'quand fermez-vous',
          "heures d'ouverture",
        ],
        Annuler: [
          'annuler ma réservation',
          'je veux annuler',
          'je ne viens plus',
          'il faut annuler la table de ce soir',
          'annulation',
        ],
        Bonjour: ['bonjour', 'bonsoir', 'salut', 'coucou', 'bonjour à tous'],
      },
    },
    phrases: {
      Reserver: [
        'reserver une table pour quatre',
        'je souhaite faire une reservation',
        'table pour six personnes demain',
      ],
      Menu: ['le menu svp', 'quels sont les plats du jour', 'un plat vegetarien ?', 'carte des vins'],
      Horaires: ['vous ouvrez à quelle heure', 'vos horaires', 'ouvert dimanche ?', 'a quelle heure fermez-vous'],
      Annuler: ['annulez ma réservation', 'je voudrais annuler', 'annuler la table'],
      Bonjour: ['Bonjour !', 'bonsoir à vous', 'SALUT'],
    },
  },
  {
    language: 'Korean',
    model: {
      intents: {
        Weather: ['오늘 날씨 어때', '내일 비가 오나요', '날씨 알려줘', '주말 날씨', '지금 몇 도야'],
        Taxi: ['택시 불러줘', '택시를 부르고 싶어요', '공항까지 택시', '택시 호출', '집으로 가는 택시'],
        Hello: ['안녕하세요', '안녕', '좋은 아침입니다', '반갑습니다'],
      },
    },
    phrases: {
      Weather: ['내일 날씨 어때요', '날씨를 알려주세요', '오늘 비가 와요?'],
      Taxi: ['택시 좀 불러주세요', '공항으로 가는 택시', '택시를 호출해줘'],
      Hello: ['안녕하십니까', '안녕!', '만나서 반갑습니다'],
    },
  },
  {
    language: 'Arabic',
    model: {
      intents: {
        Order: ['أريد أن أطلب بيتزا', 'طلب طعام', 'أريد طلب وجبة', 'اطلب لي برغر', 'أرغب في طلب العشاء'],
        Track: ['أين طلبي', 'متى يصل الطلب', 'تتبع طلبي', 'هل خرج السائق', 'حالة التوصيل'],
        Hello: ['مرحبا', 'السلام عليكم', 'أهلا', 'صباح الخير', 'مساء الخير'],
      },
    },
    phrases: {
      Order: ['أريد طلب بيتزا', 'أريد أن أطلب برغر', 'طلب وجبة عشاء'],
      Track: ['أين هو طلبي', 'متى يصل طلبي', 'تتبع التوصيل'],
      Hello: ['مرحبا بك', 'أهلا وسهلا', 'السَّلام عليكم'],
    },
  },
]
