package dev.keysmith.okta;

import java.time.Clock;
import java.util.random.RandomGenerator;

/** All that a conversation with an org needs. */
record Line(
    Org org,
    OktaHttp http,
    Credential credential,
    Pacing pacing,
    Clock clock,
    RandomGenerator random,
    Pause pause)
    implements AutoCloseable {

  Conversation open() {
    return new Conversation(this);
  }

  @Override
  public void close() {
    credential.close();
    http.close();
  }

  /** Without the credential. */
  @Override
  public String toString() {
    return "Line[" + org.origin() + "]";
  }
}
