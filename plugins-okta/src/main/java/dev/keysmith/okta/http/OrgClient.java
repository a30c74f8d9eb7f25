package dev.keysmith.okta.http;

import java.time.Clock;
import java.util.random.RandomGenerator;

/** All that a conversation with an org needs. */
public record OrgClient(
    Org org,
    OktaHttp http,
    Credential credential,
    Pacing pacing,
    Clock clock,
    RandomGenerator random,
    Pause pause)
    implements AutoCloseable {

  public Conversation open() {
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
