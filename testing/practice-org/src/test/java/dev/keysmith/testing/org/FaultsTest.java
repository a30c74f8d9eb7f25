package dev.keysmith.testing.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.keysmith.spi.MovableClock;
import dev.keysmith.testing.org.Client.Reply;
import dev.keysmith.testing.org.http.Fault;
import dev.keysmith.testing.org.http.Fault.Kind;
import dev.keysmith.testing.org.http.Request;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {

  private static final String ENROL = "/api/v1/users/*/factors";

  private final MovableClock clock = new MovableClock();
  private final PracticeOrg org =
      PracticeOrg.builder().clock(clock).token("token").requestsPerMinute(50).start();
  private final Client client = new Client(org, "SSWS token");
  private final String user = org.user(0).id();

  @AfterEach
  void close() {
    org.close();
  }

  @Test
  void losesTheAnswerAfterDoingTheWork() {
    org.expect(Fault.of(Kind.LOST_ANSWER, "POST", ENROL));

    assertThatThrownBy(() -> client.enrol(user)).hasCauseInstanceOf(IOException.class);

    assertThat(org.factors(user)).hasSize(1);
    assertThat(org.count("POST", ENROL)).isEqualTo(1);
    assertThat(client.enrol(user).status()).isEqualTo(200);
  }

  @Test
  void losesTheRequestBeforeDoingTheWork() {
    org.expect(Fault.of(Kind.LOST_REQUEST, "POST", ENROL));

    assertThatThrownBy(() -> client.enrol(user)).hasCauseInstanceOf(IOException.class);

    assertThat(org.factors(user)).isEmpty();
    assertThat(org.requests()).extracting(Request::status).containsExactly(0);
  }

  @Test
  void meetsOnlyTheRequestsThatItWasToldTo() {
    org.expect(Fault.of(Kind.SERVER_ERROR, "POST", ENROL).after(1).times(2).status(503));

    assertThat(client.enrol(user).status()).isEqualTo(200);
    assertThat(client.get("/api/v1/users/" + user + "/factors").status()).isEqualTo(200);
    assertThat(
            client.post("/api/v1/users/" + user + "/factors/x/lifecycle/activate", "{}").status())
        .isEqualTo(404);
    assertThat(client.enrol(user).status()).isEqualTo(503);
    assertThat(client.enrol(user).errorCode()).isEqualTo("E0000009");
    assertThat(client.enrol(user).status()).isEqualTo(200);
  }

  @Test
  void saysWhenToReturnAfterTooManyRequests() {
    org.expect(Fault.of(Kind.RATE_LIMITED, "*", "/api/v1/**").delay(Duration.ofSeconds(7)));

    Reply reply = client.get("/api/v1/users/" + user);

    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.errorCode()).isEqualTo("E0000047");
    assertThat(reply.header("X-Rate-Limit-Reset"))
        .isEqualTo(Long.toString(clock.instant().plusSeconds(7).getEpochSecond()));
    assertThat(reply.header("X-Rate-Limit-Remaining")).isEqualTo("0");
    assertThat(reply.header("Date")).endsWith("GMT");
  }

  @Test
  void countsRequestsAndOpensAgainWithTheNextMinute() {
    Reply first = client.get("/api/v1/groups");
    for (int i = 0; i < 49; i++) {
      client.get("/api/v1/groups");
    }

    assertThat(first.header("X-Rate-Limit-Limit")).isEqualTo("50");
    assertThat(first.header("X-Rate-Limit-Remaining")).isEqualTo("49");
    assertThat(client.get("/api/v1/groups").status()).isEqualTo(429);
    assertThat(client.get("/api/v1/users").status()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(1));
    assertThat(client.get("/api/v1/groups").status()).isEqualTo(200);
  }

  @Test
  void answersWithAWebPageOrWithHalfOfTheJson() {
    org.expect(Fault.of(Kind.HTML, "GET", "/api/v1/users/*"));
    Reply page = client.get("/api/v1/users/" + user);
    org.expect(Fault.of(Kind.MALFORMED_JSON, "GET", "/api/v1/users/*"));

    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.response().body()).startsWith("<html>");
    assertThatThrownBy(() -> client.get("/api/v1/users/" + user))
        .hasCauseInstanceOf(com.fasterxml.jackson.core.JsonProcessingException.class);
  }

  @Test
  void refusesWithTheErrorThatItWasToldTo() {
    org.expect(Fault.of(Kind.REFUSED, "POST", ENROL).status(409).detail("E0000112"));
    Reply reply = client.enrol(user);
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.errorCode()).isEqualTo("E0000112");
    assertThat(org.factors(user)).isEmpty();
  }

  @Test
  void writesNullInPlaceOfOneFieldOrOfAll() {
    org.expect(Fault.of(Kind.NULLS, "GET", "/api/v1/users/*").detail("login"));
    org.expect(Fault.of(Kind.NULLS, "GET", "/api/v1/users/*"));
    String one = client.get("/api/v1/users/" + user).response().body();
    String all = client.get("/api/v1/users/" + user).response().body();
    assertThat(one).contains("\"login\":null", "\"id\":\"" + user + "\"");
    assertThat(all).contains("\"id\":null", "\"profile\":null");
  }

  @Test
  void answersWithAnObjectInPlaceOfAList() {
    org.expect(Fault.of(Kind.OBJECT, "GET", "/api/v1/users"));
    assertThat(client.get("/api/v1/users").response().body()).isEqualTo("{}");
  }

  @Test
  void writesLinksInOddFormsOrInACircle() {
    org.expect(Fault.of(Kind.ODD_LINKS, "GET", "/api/v1/users"));
    String odd = client.get("/api/v1/users?limit=1").header("Link");
    assertThat(odd).contains("title=\"a, b\"; rel='self' , <", "rel='next'");
    org.expect(Fault.of(Kind.CIRCLE, "GET", "/api/v1/users").times(2));
    String next = client.get("/api/v1/users?limit=1").response().headers().allValues("Link").get(1);
    String second = next.replaceFirst("<" + org.origin() + "(.*)>.*", "$1");
    assertThat(client.get(second).header("Link"))
        .isEqualTo("</api/v1/users?limit=1>; rel=\"next\"");
  }

  @Test
  void takesNoNameWithASlashInAnAddress() {
    org.addUser("Corp", "User", "corp/user@example.org");
    Reply reply = client.get("/api/v1/users/corp%2Fuser%40example.org");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.errorCode()).isEqualTo("E0000022");
  }

  @Test
  void doesNotKnowAnExpiredChallenge() throws Exception {
    Reply enrolled = client.enrol(user);
    SoftCredential credential = client.credentialFor(enrolled);
    org.expect(Fault.of(Kind.EXPIRED_CHALLENGE, "POST", ENROL + "/*/lifecycle/activate"));

    assertThat(client.activate(enrolled, credential).errorCode()).isEqualTo("E0000068");
    assertThat(client.activate(enrolled, credential).status()).isEqualTo(200);
  }

  @Test
  void isSlowWhereToldToAndRightNevertheless() {
    org.expect(Fault.of(Kind.SLOW, "GET", "/api/v1/org").delay(Duration.ofMillis(1)));

    assertThat(client.get("/api/v1/org").status()).isEqualTo(200);
    assertThat(org.requests().get(0).fault()).contains(Kind.SLOW);
  }

  @Test
  void stopsWaitingWhenItIsClosed() {
    org.expect(Fault.of(Kind.SLOW, "GET", "/api/v1/org").delay(Duration.ofDays(1)));
    new Thread(this::closeOnceTheFaultIsMet).start();

    assertThatThrownBy(() -> client.get("/api/v1/org")).hasCauseInstanceOf(IOException.class);
  }

  private void closeOnceTheFaultIsMet() {
    while (!org.faults().isEmpty()) {
      Thread.onSpinWait();
    }
    org.close();
  }

  @Test
  void keepsAJournalWithoutBodies() {
    client.get("/api/v1/users?limit=1");
    client.enrol(user);

    assertThat(org.requests())
        .extracting(Request::method, Request::path, Request::status)
        .containsExactly(
            tuple("GET", "/api/v1/users?limit=1", 200),
            tuple("POST", "/api/v1/users/" + user + "/factors", 200));
    org.clearRequests();
    assertThat(org.count("*", "/**")).isZero();
  }

  @Test
  void refusesMethodsAndPathsThatItDoesNotHave() {
    assertThat(client.send("PATCH", "/api/v1/users", "{}").status()).isEqualTo(405);
    assertThat(client.get("/api/v1/apps").errorCode()).isEqualTo("E0000007");
  }
}
