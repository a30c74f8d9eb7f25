package dev.keysmith.testing.org;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.org.Client.Reply;
import dev.keysmith.testing.org.directory.OrgUser.Status;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PracticeTest {

  private final PracticeOrg org =
      PracticeOrg.builder().users(3).token("token").group("Team", "", number -> false).start();
  private final Client okta = new Client(org, "SSWS token");
  private final Client page = new Client(org, "none");
  private final String user = org.user(1).id();

  @AfterEach
  void close() {
    org.close();
  }

  @Test
  void showsAPageThatLoadsNothingFromElsewhere() {
    Reply reply = page.get("/");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.response().body()).contains("<title>Practice org</title>", "This is not Okta");
    assertThat(reply.response().body()).doesNotContain("src=\"http", "href=\"http");
    assertThat(reply.header("Content-Security-Policy")).contains("script-src 'sha256-");
  }

  @Test
  void addsAPersonWhomOktasEndpointsThenShow() {
    Reply added =
        page.post(
            "/practice/api/users",
            "{\"firstName\":\"Al\",\"lastName\":\"Late\",\"login\":\"al@example.org\",\"groups\":[\"Team\"]}");

    assertThat(added.status()).isEqualTo(201);
    assertThat(okta.get("/api/v1/users/al@example.org").body().path("status").asText())
        .isEqualTo("ACTIVE");
    assertThat(okta.get("/api/v1/groups/" + org.groupId("Team") + "/users").body()).hasSize(1);
    assertThat(page.get("/practice/api/users?q=late").body().at("/users/0/groups/0").asText())
        .isEqualTo("Team");
  }

  @Test
  void saysWhatIsWrongWithAPerson() {
    Reply noLogin =
        page.post(
            "/practice/api/users", "{\"firstName\":\"A\",\"lastName\":\"B\",\"login\":\"x\"}");

    assertThat(noLogin.status()).isEqualTo(400);
    assertThat(noLogin.cause()).isEqualTo("login: Enter an e-mail address.");
  }

  @Test
  void changesStatusMembershipAndFactors() {
    String factor = okta.enrol(user).body().path("id").asText();
    String base = "/practice/api/users/" + user;

    assertThat(page.post(base + "/status", "{\"status\":\"SUSPENDED\"}").status()).isEqualTo(200);
    assertThat(page.post(base + "/status", "{\"status\":\"LAZY\"}").status()).isEqualTo(400);
    assertThat(page.send("PUT", "/practice/api/groups/Team/users/" + user, "").status())
        .isEqualTo(200);
    assertThat(page.get(base + "/factors").body()).hasSize(1);
    assertThat(page.delete(base + "/factors/" + factor).status()).isEqualTo(204);

    assertThat(org.user(user).status()).isEqualTo(Status.SUSPENDED);
    assertThat(org.factors(user)).isEmpty();
    assertThat(okta.get("/api/v1/users/" + user + "/groups").body()).hasSize(2);
    assertThat(page.delete("/practice/api/groups/Team/users/" + user).status()).isEqualTo(200);
    assertThat(okta.get("/api/v1/users/" + user + "/groups").body()).hasSize(1);
  }

  @Test
  void tellsWhatHappenedAndWhyAResponseWasRefused() throws Exception {
    Reply enrolled = okta.enrol(user);
    SoftCredential credential = okta.credentialFor(enrolled);
    credential.rpId = "example.org";
    okta.activate(enrolled, credential);

    Reply activity = page.get("/practice/api/activity");

    assertThat(activity.body().at("/entries/0/trouble").asBoolean()).isTrue();
    assertThat(activity.body().at("/entries/0/text").asText())
        .isEqualTo(
            "The passkey for " + org.user(1).login() + " was not accepted: Wrong RP ID hash.");
    assertThat(activity.response().body()).doesNotContain(credential.challenge);
  }

  @Test
  void takesFaultsAndShowsRequestsOverHttp() {
    String fault =
        "{\"kind\":\"SERVER_ERROR\",\"method\":\"POST\",\"path\":\"/api/v1/users/*/factors\","
            + "\"status\":502,\"times\":2}";
    assertThat(page.post("/practice/faults", fault).status()).isEqualTo(201);

    assertThat(okta.enrol(user).status()).isEqualTo(502);
    assertThat(page.get("/practice/faults").body().at("/0/times").asInt()).isEqualTo(1);
    assertThat(page.delete("/practice/faults").status()).isEqualTo(204);
    assertThat(okta.enrol(user).status()).isEqualTo(200);
    Reply requests = page.get("/practice/requests?method=POST&path=/api/v1/users/*/factors");
    assertThat(requests.body()).hasSize(2);
    assertThat(requests.body().at("/0/fault").asText()).isEqualTo("SERVER_ERROR");
    assertThat(page.post("/practice/faults", "{\"kind\":\"WEATHER\"}").status()).isEqualTo(400);
  }

  @Test
  void refusesAnAssertionOfNobodyAndAChallengeThatIsUsedUp() throws Exception {
    Reply start = page.post("/practice/signin/start", "{}");
    SoftCredential credential = new SoftCredential();
    credential.challenge = start.body().at("/publicKey/challenge").asText();
    credential.origin = org.origin();
    credential.type = "webauthn.get";
    credential.flags = 0x05;
    String finish =
        "{\"id\":\"%s\",\"credential\":%s}"
            .formatted(start.body().path("id").asText(), credential.assertion(1, user));

    Reply refused = page.post("/practice/signin/finish", finish);

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.body().path("signedIn").asBoolean()).isFalse();
    assertThat(page.post("/practice/signin/finish", finish).status()).isEqualTo(400);
    assertThat(page.post("/practice/signin/start", "{\"login\":\"who@example.org\"}").status())
        .isEqualTo(404);
  }

  @Test
  void refusesAnAssertionWhoseCounterDidNotGrow() throws Exception {
    Reply enrolled = okta.enrol(user);
    SoftCredential credential = okta.credentialFor(enrolled);
    assertThat(okta.activate(enrolled, credential).status()).isEqualTo(200);
    credential.type = "webauthn.get";
    credential.flags = 0x05;

    assertThat(assertWith(credential, 5).body().path("login").asText())
        .isEqualTo(org.user(1).login());
    assertThat(assertWith(credential, 5).status()).isEqualTo(401);
    assertThat(assertWith(credential, 6).status()).isEqualTo(200);
  }

  private Reply assertWith(SoftCredential credential, int count) throws Exception {
    Reply start = page.post("/practice/signin/start", "{}");
    credential.challenge = start.body().at("/publicKey/challenge").asText();
    return page.post(
        "/practice/signin/finish",
        "{\"id\":\"%s\",\"credential\":%s}"
            .formatted(start.body().path("id").asText(), credential.assertion(count, user)));
  }

  @Test
  void answersNobodyWhomAForeignPageSent() throws IOException {
    int port = URI.create(org.origin()).getPort();

    assertThat(raw(port, "GET / HTTP/1.1\r\nHost: evil.example:" + port)).contains(" 403 ");
    assertThat(
            raw(
                port,
                "POST /practice/faults HTTP/1.1\r\nHost: localhost:"
                    + port
                    + "\r\nContent-Type: text/plain\r\nContent-Length: 0"))
        .contains(" 415 ");
  }

  private static String raw(int port, String head) throws IOException {
    try (Socket socket = new Socket("localhost", port)) {
      socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return lines(socket).readLine();
    }
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  @Test
  void tellsThePageAtOnceThatSomethingChanged() throws IOException {
    int port = URI.create(org.origin()).getPort();
    try (Socket socket = new Socket("localhost", port)) {
      socket
          .getOutputStream()
          .write(
              ("GET /practice/events HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader lines = lines(socket);
      awaitEvent(lines);
      okta.enrol(user);
      awaitEvent(lines);
    }
  }

  private static void awaitEvent(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    while (!line.equals("data: changed")) {
      line = lines.readLine();
    }
  }
}
