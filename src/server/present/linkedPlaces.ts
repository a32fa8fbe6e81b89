import { PLACE_PREFIX } from '../../protocol/documentMessages';
import type { DocumentLinks } from '../../protocol/workbenchMessages';

/** The links of one document, in the form that its viewer follows. */
export class LinkedPlaces {
  private readonly addresses: string[] = [];

  constructor(private readonly links: DocumentLinks) {}

  /** What a link to an address says; null where names stand alone. */
  link(address: string | null): string | null {
    if (address === null || this.links === 'none') return null;
    if (this.links === 'addresses') return address;
    const known = this.addresses.indexOf(address);
    if (known >= 0) return `${PLACE_PREFIX}${known}`;
    return `${PLACE_PREFIX}${this.addresses.push(address) - 1}`;
  }

  /** Addresses by the number in their links. */
  get listed(): readonly string[] {
    return this.addresses;
  }
}
