package dev.keysmith.core.station;

import java.util.List;

/**
 * A station that has proven itself, as the database has it.
 *
 * @param groups of whose members keys may be written there; empty for all users
 */
record StationIdentity(long id, String name, String site, Serves serves, List<Long> groups) {

  static StationIdentity of(PairedStation station) {
    return new StationIdentity(
        station.id(), station.name(), station.site(), station.serves(), station.groups());
  }
}
