package dev.keysmith.okta;

import static dev.keysmith.okta.Assertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.keysmith.okta.LoopbackOrg.Reply;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.Factor;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Factors that are there already: listed, given up, removed. */
class FactorsTest extends RegistrationTests {

  @Test
  void givesUpAPendingRegistrationAndRepeatsThatSafely() {
    org.on("GET" + ONE, PENDING).on("DELETE" + ONE, new Reply(204, "", Map.of()));
    okta.cancelRegistration(TICKET);
    assertThat(org.received("DELETE" + ONE)).hasSize(1);
    org.on("GET" + ONE, Reply.error(404, "E0000007", "Not found"));
    okta.cancelRegistration(TICKET);
    assertThat(org.received("DELETE" + ONE)).hasSize(1);
  }

  @Test
  void neverGivesUpAnActiveFactor() {
    org.on("GET" + ONE, active());
    okta.cancelRegistration(TICKET);
    assertThat(org.received("DELETE" + ONE)).isEmpty();
  }

  @Test
  void listsWebAuthnFactorsInWhateverState() {
    String template = "{\"id\":\"%s\",\"factorType\":\"%s\",\"status\":\"%s\",\"profile\":{}}";
    org.on(
        LIST,
        "["
            + String.join(
                ",",
                PENDING,
                template.formatted("fwf1", "webauthn", "FULFILLMENT_PENDING"),
                template.formatted("fwf2", "webauthn", "ACTIVE"),
                template.formatted("sms1", "sms", "ACTIVE"),
                template.formatted("new1", "invented_next_year", "ODD"))
            + "]");
    assertThat(okta.listFactors(USER))
        .extracting(Factor::id, Factor::status)
        .containsExactly(
            tuple(FACTOR, Factor.Status.PENDING),
            tuple("fwf1", Factor.Status.INACTIVE),
            tuple("fwf2", Factor.Status.ACTIVE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"errorCode\":null}",
        "[null]",
        "[{\"factorType\":\"webauthn\",\"id\":null}]",
        "[{\"factorType\":null,\"id\":\"fwf1\"}]"
      })
  void takesOnlyAListOfFactorsForOne(String answer) {
    org.on(LIST, answer);
    assertFails(() -> okta.listFactors(USER), Reason.UNAVAILABLE)
        .hasMessageContaining("could not be understood");
  }

  @Test
  void readsFactorsAnewEachTime() {
    org.on(LIST, Reply.json(200, "[" + PENDING + "]"), Reply.json(200, "[" + active() + "]"));
    assertThat(okta.listFactors(USER))
        .extracting(Factor::status)
        .containsExactly(Factor.Status.PENDING);
    assertThat(okta.listFactors(USER))
        .extracting(Factor::status)
        .containsExactly(Factor.Status.ACTIVE);
  }

  @Test
  void saysWhyAFactorOfSomebodyWhoIsStillThereIsNotRemoved() {
    org.on("DELETE" + ONE, Reply.error(403, "E0000038", "not allowed in the present status"))
        .on(
            "GET /api/v1/users/" + USER,
            Reply.json(200, "{\"id\":\"" + USER + "\",\"status\":\"SUSPENDED\"}"),
            Reply.error(500, "E0000009", "Internal Server Error"));
    assertFails(() -> okta.removeFactor(USER, FACTOR), Reason.REJECTED)
        .hasMessageContaining("E0000038");
    assertFails(() -> okta.removeFactor(USER, FACTOR), Reason.REJECTED)
        .hasMessageContaining("E0000038");
  }

  @Test
  void removesAFactorAndRepeatsThatSafely() {
    org.on("DELETE" + ONE, new Reply(204, "", Map.of()), Reply.error(404, "E0000007", "x"));
    okta.removeFactor(USER, FACTOR);
    okta.removeFactor(USER, FACTOR);
    assertThat(org.received("DELETE" + ONE)).hasSize(2);
  }
}
