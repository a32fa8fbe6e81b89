import type { CallRoute, DefinedName, HopReason, KnownValue, ValueOrigin } from '../model/hopReason';
import type { SiteKind } from '../model/siteKind';
import type { TextLocation } from '../model/text';
import { printPlace, type Places, type PrintedPlace } from './places';

/** What a reason quotes. */
export interface QuotedSource {
  readonly places: Places;
  /** Current text of a file. */
  text(uri: string): string | undefined;
}

/** A reason in one sentence without a full stop, with every place that it names. */
export interface PrintedReason {
  readonly kind: HopReason['k'];
  readonly text: string;
  /** In the order in which the text names them. */
  readonly places: readonly PrintedPlace[];
}

/** Longest quotation of source. */
const MAX_CODE = 90;

/** Says a reason in words, quoting the source and naming places as `file:line`. */
export function printReason(reason: HopReason, source: QuotedSource): PrintedReason {
  const writer = new ReasonWriter(source);
  return { kind: reason.k, text: writer.say(reason), places: writer.places };
}

class ReasonWriter {
  readonly places: PrintedPlace[] = [];

  constructor(private readonly source: QuotedSource) {}

  say(reason: HopReason): string {
    switch (reason.k) {
      case 'test':
        return `the test runner calls it on ${this.definedShortly(reason.cls)}${inherits(reason)}`;
      case 'fixture':
        return `${this.sayFixture(reason)}${inherits(reason)}`;
      case 'cleanup':
        return `a cleanup: registered in ${reason.by} (${this.at(reason.at)}), run when the ${reason.scope} has ended${reason.callee ? `; it is ${this.defined(reason.callee)}` : ''}`;
      case 'callee':
        return this.sayCallee(reason);
      case 'route':
        return `${this.sayRoute(reason.route)}${reason.at && reason.at.range.end > 0 ? ` (${this.at(reason.at)})` : ''}`;
      case 'condition':
        return this.sayCondition(reason);
      case 'site':
        return this.saySite(reason);
    }
  }

  private sayFixture({ scope, when, cls }: Extract<HopReason, { k: 'fixture' }>): string {
    if (scope === 'test') return `a fixture: the framework runs it ${when} each test of ${this.definedShortly(cls)}`;
    const moment = when === 'before' ? 'once before the tests' : 'once after the tests';
    return `a fixture of the class: the framework runs it ${moment} of ${this.definedShortly(cls)}`;
  }

  private sayCallee(reason: Extract<HopReason, { k: 'callee' }>): string {
    const { code, target, receiver, inheritedBy, given } = reason;
    if (code === null)
      return `what is called is ${this.defined(target)}${inheritedBy ? `, inherited by ${inheritedBy}` : ''}`;
    const found = [`${this.code(code)} ${FOUND[reason.how]} ${this.defined(target)}`];
    if (reason.computed) found.push(this.sayComputed(reason.computed));
    if (receiver && reason.how !== 'super')
      found.push(`${this.sayValue(receiver)}${inheritedBy ? ', which inherits it' : ''}`);
    else if (inheritedBy && reason.how === 'super')
      found.push(`the next in the method resolution order of ${inheritedBy}`);
    else if (inheritedBy) found.push(`${inheritedBy} inherits it`);
    if (given) found.push(this.sayOrigin(given));
    return found.join('; ');
  }

  private sayComputed({ code, name, exact }: { code: TextLocation; name: string; exact: boolean }): string {
    return exact
      ? `the name that ${this.code(code)} computes is '${name}'`
      : `the name that ${this.code(code)} computes is like '${name}', and every member that fits is followed`;
  }

  private sayRoute(route: CallRoute): string {
    switch (route.k) {
      case 'among':
        return `what is called may be one of ${route.count} things, and each is followed`;
      case 'partial':
        return 'it is called through functools.partial';
      case 'callable':
        return `an object of ${route.cls} is called, which is its \`__call__\``;
      case 'decorated':
        return `a decorator has put ${this.defined(route.wrapper)} around it, which calls it`;
      case 'property':
        return `reading the attribute \`${route.name}\` runs a property`;
      case 'special-method':
        return `Python calls \`${route.method}\` here`;
      case 'descriptor':
        return `the attribute \`${route.name}\` of the class is a descriptor: reading it calls \`__get__\``;
      case 'missing-attribute':
        return `no class has an attribute \`${route.name}\`, so \`__getattr__\` answers`;
      case 'expected-failure':
        return 'assertRaises calls what it is given';
      case 'supposed':
        return 'it is handed to code that is not in the roots, and supposed to be called there';
      case 'used-fixture':
        return `useFixture runs \`${route.method}\` of the fixture`;
    }
  }

  private sayCondition(reason: Extract<HopReason, { k: 'condition' }>): string {
    const code = this.code(reason.code, reason.form);
    const place = this.at(reason.code);
    if (reason.form === 'except') return `in the handler ${code} (${place}), after something has failed`;
    const outcome = reason.holds ? 'holds' : 'does not hold';
    const head = `${code} (${place}) ${outcome}${reason.exit ? ', or the way would end there' : ''}`;
    const values = reason.values.map((value) => this.sayValue(value)).join(', ');
    switch (reason.decided) {
      case 'guard':
        return `${head}: a guard, only where ${reason.guards.join(' and ')}${values === '' ? '' : `; ${values}`}`;
      case 'open':
        if (reason.form === 'while') return `inside the loop ${code} (${place})`;
        return `${head}: nothing decides it, both ways are followed${values === '' ? '' : `; ${values}`}`;
      case 'known':
        return `${head}: ${values === '' ? 'it follows from what holds before' : values}`;
    }
  }

  private saySite({ kind, through, ends, receiver }: Extract<HopReason, { k: 'site' }>): string {
    const parts = [SITES[kind]];
    if (receiver) parts.push(this.sayValue(receiver));
    if (through.length > 0) parts.push(`through ${through.map((one) => this.defined(one)).join(', then ')}`);
    if (ends) parts.push(`${ENDS[kind] ?? 'it ends at'} ${this.code(ends)} (${this.at(ends)})`);
    return parts.join('; ');
  }

  private sayValue({ code, values, origins }: KnownValue): string {
    const where = origins.map((origin) => this.sayOrigin(origin));
    return `${this.code(code)} is ${values.join(' or ')}${where.length > 0 ? ` (${where.join(', ')})` : ''}`;
  }

  private sayOrigin({ k, at }: ValueOrigin): string {
    return `${ORIGINS[k]} at ${this.at(at)}`;
  }

  private defined({ name, at }: DefinedName): string {
    return `${name} (${this.at(at)})`;
  }

  /** A class whose file is named beside it. */
  private definedShortly({ name, at }: DefinedName): string {
    return this.defined({ name: name.slice(name.lastIndexOf('.') + 1), at });
  }

  private at({ uri, range }: TextLocation): string {
    const place = printPlace(this.source.places, uri, range.start);
    this.places.push(place);
    return `${place.file}:${place.line}`;
  }

  /** The source itself in one line. */
  private code({ uri, range }: TextLocation, keyword = ''): string {
    const written = (this.source.text(uri) ?? '').slice(range.start, range.end).replace(/\s+/g, ' ').trim();
    const text = `${keyword} ${written}`.trim();
    return `\`${text.length > MAX_CODE ? `${text.slice(0, MAX_CODE - 1)}…` : text}\``;
  }
}

/** ", which inherits it" where the method belongs to another class. */
function inherits({ cls, method }: Extract<HopReason, { k: 'test' | 'fixture' }>): string {
  const owner = method.name.slice(0, method.name.lastIndexOf('.'));
  return cls.name.endsWith(`.${owner}`) ? '' : ', which inherits it';
}

const FOUND: Readonly<Record<Extract<HopReason, { k: 'callee' }>['how'], string>> = {
  function: 'is the function',
  method: 'is the method',
  super: 'is the method',
  inner: 'is the inner function',
  lambda: 'is',
  constructor: 'constructs an object:',
};

const ORIGINS: Readonly<Record<ValueOrigin['k'], string>> = {
  argument: 'given as an argument',
  default: 'the default of the parameter',
  written: 'written',
  made: 'made',
};

/** What is called at the end, where it is no call of a library that talks to the guest. */
const ENDS: Partial<Readonly<Record<SiteKind, string>>> = {
  boot: 'the call is',
  'user-data': 'the request is',
  device: 'the request is',
  console: 'the request is',
  personality: 'the request is',
  reboot: 'the request is',
  image: 'the request is',
};

const SITES: Readonly<Record<SiteKind, string>> = {
  ssh: 'runs the command in the guest',
  login: 'logs in to the guest',
  ping: "pings the guest from the tester's machine",
  connect: 'connects to the guest',
  upload: 'copies a file to the guest',
  boot: 'starts the server, or waits for a status that it has to come up for',
  'user-data': 'goes to the guest as user data',
  device: 'names a device of the guest in a request',
  console: 'uses the console of the guest',
  personality: 'puts a file into the guest',
  reboot: 'asks the guest to shut down by itself',
  image: 'makes an image in parts that a Linux guest boots from',
};
