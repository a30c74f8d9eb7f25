package dev.keysmith.war.crash;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.war.it.BenchBesideTheServer;

/**
 * Who gets a passkey.
 *
 * @param login at the org
 * @param userId at Keysmith
 * @param passkeyId what was promised
 * @param key its id on the bench
 */
record Person(String login, long userId, long passkeyId, String key) {

  VirtualKey virtual() {
    return BenchBesideTheServer.bench().key(key);
  }
}
