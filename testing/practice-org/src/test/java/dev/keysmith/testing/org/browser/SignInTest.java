package dev.keysmith.testing.org.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.key.model.Model;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.org.Client;
import dev.keysmith.testing.org.Client.Reply;
import dev.keysmith.testing.org.PracticeOrg;
import dev.keysmith.testing.org.directory.OrgUser.Status;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SignInTest {

  private static final String PIN = "zwölf12";

  private static PracticeOrg org(Table table, String verification) {
    return PracticeOrg.builder().token("token").userVerification(verification).bench(table).start();
  }

  /** A key with a PIN and a passkey of a user; returns its id. */
  private static String keyOf(PracticeOrg org, Table table, String user) throws Exception {
    String id = table.create("Key of " + user).id();
    try (KeyConnection connection = table.open(id)) {
      Registrar registrar = new Registrar(connection);
      registrar.setPin(PIN);
      Client client = new Client(org, "SSWS token");
      Reply reply = registrar.register(client, org.origin(), user, PIN);
      assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    }
    return id;
  }

  private static Reply signIn(PracticeOrg org, String key, String login, String pin) {
    String body = "{\"login\":\"" + login + "\",\"pin\":\"" + pin + "\"}";
    return new Client(org, "none").post("/practice/api/keys/" + key + "/sign-in", body);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void signsInWithoutALoginByTheKeyAndItsPin(Model model) throws Exception {
    Table table = new Table(model, TouchPolicy.automatic());
    try (PracticeOrg org = org(table, "required")) {
      String key = keyOf(org, table, org.user(2).id());

      Reply reply = signIn(org, key, "", PIN);

      assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
      assertThat(reply.body().path("signedIn").asBoolean()).isTrue();
      assertThat(reply.body().path("login").asText()).isEqualTo(org.user(2).login());
      assertThat(reply.body().path("userVerified").asBoolean()).isTrue();
      assertThat(signIn(org, key, org.user(2).login(), PIN).status()).isEqualTo(200);
    }
  }

  @Test
  void saysThatThePinIsWrongAndSpendsOneTry() throws Exception {
    Table table = new Table(Model.CTAP_2_1, TouchPolicy.automatic());
    try (PracticeOrg org = org(table, "preferred")) {
      String key = keyOf(org, table, org.user(0).id());

      Reply reply = signIn(org, key, "", "9999");

      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.body().path("reason").asText()).isEqualTo("The PIN is wrong.");
      assertThat(table.key(key).pinRetries()).isEqualTo(7);
    }
  }

  @Test
  void asksForANewPinWhereTheKeyDemandsOneAndSignsInWithIt() throws Exception {
    Table table = new Table(Model.CTAP_2_1, TouchPolicy.automatic());
    try (PracticeOrg org = org(table, "required")) {
      String key = keyOf(org, table, org.user(0).id());
      try (KeyConnection connection = table.open(key)) {
        new Registrar(connection).demandNewPin(PIN);
      }

      Reply refused = signIn(org, key, "", PIN);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body().path("newPinWanted").asBoolean()).isTrue();
      assertThat(changing(org, key, "0000", "neu1234").body().path("reason").asText())
          .isEqualTo("The PIN is wrong.");

      Reply again = changing(org, key, PIN, PIN);
      assertThat(again.status()).isEqualTo(401);
      assertThat(again.body().path("newPinWanted").asBoolean()).isTrue();

      assertThat(changing(org, key, PIN, "neu1234").status()).isEqualTo(200);
      assertThat(table.key(key).mustChangePin()).isFalse();
      assertThat(signIn(org, key, "", "neu1234").status()).isEqualTo(200);
      assertThat(
              new Client(org, "none").get("/practice/api/activity").body().path("signIns").asInt())
          .isEqualTo(2);
    }
  }

  private static Reply changing(PracticeOrg org, String key, String pin, String newPin) {
    String body = "{\"pin\":\"" + pin + "\",\"newPin\":\"" + newPin + "\"}";
    return new Client(org, "none").post("/practice/api/keys/" + key + "/sign-in", body);
  }

  @Test
  void asksForThePinWhereTheOrgRequiresVerification() throws Exception {
    Table table = new Table(Model.CTAP_2_1, TouchPolicy.automatic());
    try (PracticeOrg org = org(table, "required")) {
      String key = keyOf(org, table, org.user(0).id());

      assertThat(signIn(org, key, "", "").body().path("reason").asText())
          .isEqualTo("Enter the PIN of the security key.");
    }
  }

  @Test
  void signsNobodyInWithAKeyThatHoldsNoPasskey() {
    Table table = new Table(Model.CTAP_2_1, TouchPolicy.automatic());
    try (PracticeOrg org = org(table, "preferred")) {
      String key = table.create("Empty").id();

      assertThat(signIn(org, key, "", "").body().path("reason").asText())
          .startsWith("The security key holds no passkey for this org");
    }
  }

  @Test
  void signsNobodyInWhoseFactorIsGoneOrWhoMayNot() throws Exception {
    Table table = new Table(Model.CTAP_2_1, TouchPolicy.automatic());
    try (PracticeOrg org = org(table, "preferred")) {
      String user = org.user(0).id();
      String key = keyOf(org, table, user);
      org.changeStatus(user, Status.SUSPENDED);

      assertThat(signIn(org, key, "", PIN).body().path("reason").asText())
          .endsWith("may not sign in: the account is not active.");

      org.changeStatus(user, Status.ACTIVE);
      org.removeFactor(user, org.factors(user).get(0).id());
      assertThat(signIn(org, key, "", PIN).body().path("signedIn").asBoolean()).isFalse();
    }
  }

  @Test
  void showsThatTheKeyWaitsAndGoesOnWhenItIsTouched() throws Exception {
    Table table = new Table(Model.CTAP_2_1, TouchPolicy.byHand());
    try (PracticeOrg org = org(table, "preferred")) {
      Client client = new Client(org, "none");
      String key = table.create("Patient").id();
      CompletableFuture<Reply> registered =
          CompletableFuture.supplyAsync(
              () -> {
                try (KeyConnection connection = table.open(key)) {
                  Registrar registrar = new Registrar(connection);
                  registrar.setPin(PIN);
                  return registrar.register(
                      new Client(org, "SSWS token"), org.origin(), org.user(0).id(), PIN);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      touchOnceItWaits(client, key);
      assertThat(registered.join().status()).isEqualTo(200);

      CompletableFuture<Reply> signedIn =
          CompletableFuture.supplyAsync(() -> signIn(org, key, "", PIN));
      touchOnceItWaits(client, key);

      assertThat(signedIn.join().status()).isEqualTo(200);
    }
  }

  private static void touchOnceItWaits(Client client, String key) {
    while (!client.get("/practice/api/keys").body().at("/0/waitsForTouch").asBoolean()) {
      Thread.onSpinWait();
    }
    assertThat(client.post("/practice/api/keys/" + key + "/touch", "{}").status()).isEqualTo(200);
  }

  @Test
  void knowsPasskeysPeopleAndGroupsAfterARestart(@TempDir Path folder) throws Exception {
    Table table = new Table(Model.CTAP_2_1, TouchPolicy.automatic());
    int port;
    String key;
    try (PracticeOrg org = kept(0, folder, table)) {
      port = Integer.parseInt(org.origin().split(":")[2]);
      String user = org.addUser("Al", "Late", "al.late@example.org", "Team").id();
      org.changeStatus(org.user(1).id(), Status.SUSPENDED);
      key = keyOf(org, table, user);
    }
    try (PracticeOrg org = kept(port, folder, table)) {
      Reply reply = signIn(org, key, "", PIN);

      assertThat(reply.body().path("login").asText()).isEqualTo("al.late@example.org");
      assertThat(org.user(1).status()).isEqualTo(Status.SUSPENDED);
      Client client = new Client(org, "SSWS token");
      assertThat(client.get("/api/v1/groups/" + org.groupId("Team") + "/users").body()).hasSize(1);
    }
  }

  private static PracticeOrg kept(int port, Path folder, Table table) {
    return PracticeOrg.builder()
        .port(port)
        .token("token")
        .group("Team", "", number -> false)
        .stateDirectory(folder)
        .bench(table)
        .start();
  }
}
