package dev.keysmith.okta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keysmith.okta.LoopbackOrg.Reply;
import dev.keysmith.spi.Bytes;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.RegistrationTicket;
import dev.keysmith.spi.idp.UserQuery;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecrecyTest {

  private static final String CHALLENGE = "MARKERchallengeMARKER";

  /** Keeps all that is logged. */
  private static final class Log extends Handler {
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void publish(LogRecord record) {
      lines.add(new SimpleFormatter().format(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private final Logger root = Logger.getLogger("");
  private final Log log = new Log();
  private Level before = Level.INFO;

  @BeforeEach
  void listenToEverything() {
    before = root.getLevel();
    root.setLevel(Level.ALL);
    log.setLevel(Level.ALL);
    root.addHandler(log);
  }

  @AfterEach
  void stopListening() {
    root.removeHandler(log);
    root.setLevel(before);
  }

  private static String text(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static void call(IdentityProvider okta, List<String> seen) {
    var ticket = new RegistrationTicket("00u1", "fwf1");
    var response = Attestations.of(Bytes.fromHex("01"), "{\"challenge\":\"" + CHALLENGE + "\"}");
    seen.add(okta + " " + response);
    List<Runnable> calls =
        List.of(
            okta::check,
            () -> okta.users(new UserQuery.WholeDirectory(), Optional.empty()),
            () -> okta.findUser("ann@example.org"),
            () -> seen.add(okta.beginRegistration("00u1").toString()),
            () -> okta.completeRegistration(ticket, response),
            () -> okta.cancelRegistration(ticket),
            () -> okta.removeFactor("00u1", "fwf1"));
    for (Runnable each : calls) {
      Throwable failure = catchThrowable(each::run);
      if (failure != null) {
        seen.add(text(failure));
      }
    }
  }

  @Test
  void neverShowsTokenChallengeOrPersonInLogsAndErrors() throws Exception {
    List<String> seen = new ArrayList<>();
    String enrolled =
        """
        {"id":"fwf1","status":"PENDING_ACTIVATION","_embedded":{"activation":{"challenge":"%s",
         "rp":{},"user":{"id":"00u1","name":"ann@example.org","displayName":"Ann"}}}}"""
            .formatted(CHALLENGE);
    String echo = "You sent " + LoopbackOrg.TOKEN + " and " + CHALLENGE + " of ann@example.org";
    try (LoopbackOrg org = new LoopbackOrg()) {
      org.on("POST /api/v1/users/00u1/factors", enrolled)
          .on("GET /api/v1/users/me", Reply.error(401, "E0000011", echo))
          .on("GET /api/v1/users", Reply.json(200, echo))
          .on(
              "POST /api/v1/users/00u1/factors/fwf1/lifecycle/activate",
              Reply.error(403, "E0000068", echo))
          .on("GET /api/v1/users/00u1/factors/fwf1", Reply.error(500, "E0000009", echo))
          .on("DELETE /api/v1/users/00u1/factors/fwf1", Reply.none());
      try (var okta = org.provider()) {
        call(okta, seen);
      }
      assertThat(org.received()).anyMatch(each -> each.header("Authorization").contains("MARKER"));
    }
    assertThat(seen).hasSizeGreaterThan(5);
    assertThat(log.lines).isNotEmpty();
    for (String line : List.of(String.join("\n", seen), String.join("\n", log.lines))) {
      assertThat(line).doesNotContain("MARKER", "ann@example.org");
    }
  }
}
