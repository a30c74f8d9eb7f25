package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.TouchPolicy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From the first connection with an identity provider to the passkey that opens the door. */
@ArquillianTest
@RunAsClient
class MainJobIT {

  @ArquillianResource URI base;

  @Test
  void saysWhatIsWrongWithTheCredentialBeforeItIsSaved() {
    try (Scene scene = new Scene(base)) {
      JsonNode wrong =
          scene
              .api()
              .post(
                  "/api/integrations/check", Scene.integration(scene.org().origin(), "wrong-token"))
              .json();
      JsonNode right =
          scene
              .api()
              .post("/api/integrations/" + scene.integrationId() + "/check", Map.of())
              .json();

      assertThat(wrong.required("ok").asBoolean()).isFalse();
      assertThat(wrong.required("message").required("text").asString())
          .contains("401")
          .contains("API token");
      assertThat(right.required("ok").asBoolean()).as(right.toString()).isTrue();
    }
  }

  @Test
  void importsAGroupAndThenEverybodyElse() {
    try (Scene scene = new Scene(base)) {
      JsonNode group = scene.importGroup("Staff");
      JsonNode everybody = scene.importAll();
      JsonNode again = scene.importAll();

      assertThat(scene.audited("import", group.required("importId").asLong()))
          .contains("import.done");
      assertThat(group.required("counts").required("created").asInt()).isEqualTo(3);
      assertThat(everybody.required("counts").required("created").asInt()).isEqualTo(3);
      assertThat(again.required("counts").required("created").asInt()).isZero();
      JsonNode polled =
          scene.api().get("/api/imports/" + again.required("importId").asLong()).json();
      assertThat(polled.required("state").asString()).isEqualTo("DONE");
      JsonNode users = scene.api().get("/api/users?group=" + scene.groupId("Staff")).json();
      assertThat(users.required("total").asInt()).isEqualTo(3);
    }
  }

  @Test
  void activatesAnAssignedPasskeyOnceItsOwnerHasInitialisedAKeyOfToday() {
    walk(Model.CTAP_2_1);
  }

  @Test
  void activatesAnAssignedPasskeyOnceItsOwnerHasInitialisedAKeyOf2019() {
    walk(Model.CTAP_2_1_PRE);
  }

  @Test
  void activatesAnAssignedPasskeyOnceItsOwnerHasInitialisedAKeyOf2018() {
    walk(Model.CTAP_2_0);
  }

  private void walk(Model model) {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene, VirtualKey.builder().model(model))) {
      scene.importAll();
      long passkeyId = scene.assign(1);
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ASSIGNED");
      assertThat(scene.factors(1)).isEmpty();

      JsonNode session = key.write(1);

      assertThat(session.required("state").asString()).as(session.toString()).isEqualTo("DONE");
      assertThat(Key.Session.lastWords(session)).isEqualTo("Done: 1 of 1 passkeys are active.");
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ACTIVE");
      assertThat(scene.factors(1)).hasSize(1).allMatch(factor -> factor.isActive());
      assertThat(key.signIn().required("login").asString()).isEqualTo(scene.org().user(1).login());

      revoke(scene, passkeyId);
      assertThat(key.signIn().required("signedIn").asBoolean()).isFalse();
      assertThat(scene.audited(1))
          .containsSubsequence(
              "passkey.factor-removed", "passkey.revoked", "passkey.activated", "passkey.assigned");
      long keyId = session.required("keyId").asLong();
      assertThat(scene.audited("key", keyId)).containsExactly("key.activated");
      assertThat(scene.audited("integration", scene.integrationId()))
          .containsExactly("integration.created");
    }
  }

  private static void revoke(Scene scene, long passkeyId) {
    JsonNode revoked = scene.api().post("/api/passkeys/" + passkeyId + "/revoke", Map.of()).json();
    assertThat(revoked.required("state").asString()).as(revoked.toString()).isEqualTo("REVOKED");
    Waiting.eventually(
        () -> scene.passkey(passkeyId), passkey -> !passkey.required("awaitsRemoval").asBoolean());
    assertThat(scene.factors(1)).isEmpty();
  }

  @Test
  void waitsForTheTouch() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene, VirtualKey.builder().touch(TouchPolicy.byHand()))) {
      scene.importAll();
      long passkeyId = scene.assign(0);
      Key.Session session = key.begin(0, Key.PIN);

      session.awaitTouch();
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ENROLLING");
      key.virtual().touch();

      assertThat(session.end().required("state").asString()).isEqualTo("DONE");
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ACTIVE");
    }
  }

  @Test
  void assignsByWorkflowWhoeverIsNewInAGroup() {
    try (Scene scene = new Scene(base)) {
      scene.importGroup("Staff");
      long workflow = scene.workflow("NEW_USER_IMPORTED", List.of(scene.groupId("Staff")));
      scene.org().addUser("Nina", "New", "nina.new@example.org", "Staff");
      scene.importAll();

      assertThat(scene.audited("workflow", workflow)).containsExactly("workflow.defined");
      JsonNode runs = runs(scene, workflow, 4);
      assertThat(decisions(runs, "ASSIGNED")).isEqualTo(1);
      assertThat(decisions(runs, "SKIPPED")).isEqualTo(3);
      assertThat(runs.findValuesAsString("code")).contains("reason.assigned", "reason.no-group");
      scene.importAll();
      assertThat(runs(scene, workflow, 4).size()).isEqualTo(4);
      assertThat(scene.passkeysOf(6).size()).isEqualTo(1);
    }
  }

  @Test
  void assignsByWorkflowOnceWhenAKeyIsActivated() {
    try (Scene scene = new Scene(base);
        Key key = new Key(scene);
        Key second = new Key(scene)) {
      scene.importAll();
      long workflow = scene.workflow("NEW_SECURITY_KEY_ACTIVATED", List.of());

      assertThat(key.write(2).required("state").asString()).isEqualTo("DONE");
      assertThat(scene.passkeysOf(2).required(0).required("state").asString()).isEqualTo("ACTIVE");
      assertThat(key.write(2).required("state").asString()).isEqualTo("DONE");
      assertThat(runs(scene, workflow, 1).size()).isEqualTo(1);
      assertThat(second.write(2).required("state").asString()).isEqualTo("DONE");

      JsonNode runs = runs(scene, workflow, 2);
      assertThat(runs.findValuesAsString("code"))
          .containsExactly("reason.active", "reason.assigned");
      assertThat(scene.passkeysOf(2).size()).isEqualTo(1);
      assertThat(scene.factors(2)).hasSize(1);
      assertThat(key.virtual().credentials()).hasSize(1);
      assertThat(second.virtual().credentials()).isEmpty();
    }
  }

  private static JsonNode runs(Scene scene, long workflow, int expected) {
    return Waiting.eventually(
        () -> scene.api().get("/api/workflows/" + workflow + "/runs").json().required("items"),
        items -> items.size() >= expected);
  }

  private static long decisions(JsonNode runs, String decision) {
    return runs.findValuesAsString("decision").stream().filter(decision::equals).count();
  }
}
