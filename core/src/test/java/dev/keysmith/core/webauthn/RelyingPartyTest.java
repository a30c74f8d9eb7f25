package dev.keysmith.core.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.harness.Core;
import dev.keysmith.core.integration.Integration;
import dev.keysmith.core.integration.IntegrationDraft;
import dev.keysmith.core.integration.Integrations;
import dev.keysmith.core.key.PluggedKey;
import dev.keysmith.core.passkey.Passkey;
import dev.keysmith.core.passkey.Passkeys;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.session.Desk;
import dev.keysmith.core.session.KeySession;
import dev.keysmith.testing.key.VirtualKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That an identity provider has passkeys made for its own pages alone. */
class RelyingPartyTest {

  @RegisterExtension final Core core = new Core();

  private Integration domains(Desk desk, @Nullable List<String> domains) {
    Integration present = core.get(Integrations.class).find(desk.integrationId());
    return core.get(Integrations.class)
        .change(
            Desk.OPERATOR,
            present.id(),
            new IntegrationDraft(
                present.label(), present.plugin(), domains, present.settings(), Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "accounts.google.com, https://accounts.google.com",
    "accounts.google.com, https://login.example.org",
    "login.example.org, https://accounts.google.com",
    "login.example.org, http://login.example.org",
    "login.example.org, https://login.example.org:8443",
    "login.example.org, https://login.example.org/",
    "login.example.org., https://login.example.org.",
    "org, https://login.example.org",
    "sub.login.example.org, https://login.example.org"
  })
  void sendsNothingOfAnotherRelyingPartyToAKey(String rpId, String origin) {
    Desk desk = new Desk(core, "u1");
    desk.provider().asks(rpId, origin);
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    long passkeyId = desk.assign("u1");

    KeySession session = desk.session("u1", plugged, "482913");

    assertThat(key.credentials()).isEmpty();
    assertThat(desk.provider().present("u1")).isEmpty();
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.FAILED);
    assertThat(session.results())
        .singleElement()
        .satisfies(
            result ->
                assertThat(result.message().toString())
                    .contains("passkey.relying-party", "rpId=" + rpId));
  }

  @Test
  void makesPasskeysForADomainOnceAnAdministratorHasEnteredIt() {
    Desk desk = new Desk(core, "u1");
    PluggedKey plugged = desk.plug(VirtualKey.builder().build());
    long passkeyId = desk.assign("u1");
    domains(desk, List.of());
    desk.session("u1", plugged, "482913");
    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.FAILED);

    domains(desk, List.of("https://Login.Example.org/"));
    core.get(Passkeys.class).retry(Desk.OPERATOR, passkeyId);
    desk.session("u1", plugged, "482913");

    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.ACTIVE);
  }

  @Test
  void makesAPasskeyForADomainAboveTheOrigin() {
    Desk desk = new Desk(core, "u1");
    desk.provider().asks("example.org", "https://login.example.org");
    VirtualKey key = VirtualKey.builder().build();
    PluggedKey plugged = desk.plug(key);
    long passkeyId = desk.assign("u1");

    desk.session("u1", plugged, "482913");

    assertThat(core.get(Passkeys.class).find(passkeyId).state()).isEqualTo(Passkey.State.ACTIVE);
    assertThat(key.credentials()).hasSize(1);
  }

  @Test
  void keepsTheDomainsThatAChangeSaysNothingOf() {
    Desk desk = new Desk(core, "u1");
    domains(desk, List.of("login.example.com", "id.example.com"));

    assertThat(domains(desk, null).domains())
        .containsExactly("id.example.com", "login.example.com");
    assertThat(domains(desk, List.of()).domains()).isEmpty();
  }

  @Test
  void refusesDomainsThatNoSinglePartyOwns() {
    Desk desk = new Desk(core, "u1");
    assertThatThrownBy(() -> domains(desk, List.of("co.uk")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.fields()).containsOnlyKeys("domains"));
  }

  @Test
  void namesPlacesAloneAndNoHalfCharacter() {
    Desk desk = new Desk(core, "u1");
    String longName = "a".repeat(98) + "\uD83D\uDE00" + "b".repeat(50);
    desk.provider().asks(longName, "https://login.example.org");
    desk.assign("u1");

    KeySession session = desk.session("u1", desk.plug(VirtualKey.builder().build()), "482913");

    Map<String, Object> told = session.results().get(0).message().arguments();
    assertThat((String) told.get("rpId")).isEqualTo("a".repeat(98) + "…");
    assertThat((String) told.get("places"))
        .matches("https://desk-\\d+\\.example\\.org, login\\.example\\.org");
  }
}
