package dev.keysmith.okta;

import static dev.keysmith.okta.Assertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.okta.factor.AttestedCredential;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.AuthenticatorAttestationResponse;
import dev.keysmith.spi.idp.CredentialCreationOptions.CredentialDescriptor;
import dev.keysmith.spi.idp.DirectoryUser;
import dev.keysmith.spi.idp.Factor;
import dev.keysmith.spi.idp.IdentityProvider;
import dev.keysmith.spi.idp.Page;
import dev.keysmith.spi.idp.PendingRegistration;
import dev.keysmith.spi.idp.UserQuery;
import dev.keysmith.testing.org.PracticeOrg;
import dev.keysmith.testing.org.directory.OrgUser;
import dev.keysmith.testing.org.http.Fault;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PracticeOrgTest {

  private PracticeOrg org;
  private IdentityProvider okta;

  @BeforeEach
  void start() {
    org =
        PracticeOrg.builder()
            .users(1_050)
            .token(LoopbackOrg.TOKEN)
            .group("Sales", "People who sell", number -> number % 2 == 0)
            .start();
    okta = provider(LoopbackOrg.TOKEN);
  }

  @AfterEach
  void stop() {
    okta.close();
    org.close();
  }

  private IdentityProvider provider(String token) {
    Settings settings =
        new Settings(Clock.systemUTC()).text("origin", org.origin()).secret("api-token", token);
    return new OktaProviderFactory(duration -> {}).create(settings);
  }

  private List<DirectoryUser> all(UserQuery query) {
    List<DirectoryUser> users = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<DirectoryUser> page = okta.users(query, cursor);
      users.addAll(page.items());
      cursor = page.next();
    } while (cursor.isPresent());
    return users;
  }

  @Test
  void tellsWhomTheTokenBelongsTo() {
    assertThat(okta.check()).contains(org.origin(), "token belongs to");
    try (var stranger = provider("00notAToken")) {
      assertFails(stranger::check, Reason.MISCONFIGURED).hasMessageContaining("E0000011");
    }
  }

  @Test
  void signsInAsServiceApp() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    Set<String> scopes = Set.of("okta.users.read", "okta.users.manage", "okta.groups.read");
    org.allowApp(
        new dev.keysmith.testing.org.http.ServiceApp("0oaKeysmith", pair.getPublic(), scopes));
    String key = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
    Settings settings =
        new Settings(Clock.systemUTC())
            .text("origin", org.origin())
            .text("credential", "service-app")
            .text("client-id", "0oaKeysmith")
            .secret(
                "private-key",
                "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----");
    try (var app = new OktaProviderFactory(duration -> {}).create(settings)) {
      assertThat(app.check()).contains("service app");
      assertThat(app.beginRegistration(org.user(8).id()).options().challenge()).isNotEmpty();
      org.revoke("0oaKeysmith");
      assertFails(app::check, Reason.MISCONFIGURED);
    }
  }

  @Test
  void readsTheWholeDirectoryAndAGroup() {
    assertThat(all(new UserQuery.WholeDirectory()))
        .extracting(DirectoryUser::id)
        .hasSize(1_050)
        .doesNotHaveDuplicates();
    assertThat(all(new UserQuery.MembersOf(org.groupId("Sales")))).hasSize(525);
    assertThat(okta.groups("sal", 10))
        .singleElement()
        .satisfies(group -> assertThat(okta.findGroup(group.id())).contains(group));
    assertThat(okta.findUser(org.user(3).login()))
        .get()
        .extracting(DirectoryUser::id)
        .isEqualTo(org.user(3).id());
  }

  @Test
  void findsAUserWhoseLoginHasASlash() {
    OrgUser user = org.addUser("Corp", "User", "corp/user3@example.com");
    assertThat(okta.findUser("corp/user3@example.com"))
        .get()
        .extracting(DirectoryUser::id)
        .isEqualTo(user.id());
    assertThat(okta.findUser("corp/nobody@example.com")).isEmpty();
  }

  @Test
  void readsTheWholeDirectoryByLinksInOddForms() {
    org.expect(Fault.of(Fault.Kind.ODD_LINKS, "GET", "/api/v1/users").times(10));
    assertThat(all(new UserQuery.WholeDirectory())).hasSize(1_050);
  }

  @Test
  void namesThePagesOfACircleByTheSameCursors() {
    org.expect(Fault.of(Fault.Kind.CIRCLE, "GET", "/api/v1/users").times(10));
    List<Optional<String>> cursors = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (int page = 0; page < 6; page++) {
      cursor = okta.users(new UserQuery.WholeDirectory(), cursor).next();
      cursors.add(cursor);
    }
    assertThat(new HashSet<>(cursors)).hasSize(2).doesNotContain(Optional.empty());
  }

  @Test
  void decidesNothingByWhatIsNoList() {
    String user = org.user(0).id();
    org.expect(Fault.of(Fault.Kind.OBJECT, "GET", "/api/v1/users/*/factors"));
    assertFails(() -> okta.listFactors(user), Reason.UNAVAILABLE);
    org.expect(Fault.of(Fault.Kind.NULLS, "GET", "/api/v1/users/*/factors").detail("id"));
    okta.beginRegistration(user);
    assertFails(() -> okta.listFactors(user), Reason.UNAVAILABLE);
    assertThat(okta.listFactors(user)).hasSize(1);
  }

  @Test
  void activatesOnceEvenIfTheAnswerNamesNoCredential() {
    PendingRegistration pending = okta.beginRegistration(org.user(5).id());
    org.expect(
        Fault.of(Fault.Kind.NULLS, "POST", "/api/v1/users/*/factors/*/lifecycle/*")
            .detail("credentialId"));
    AuthenticatorAttestationResponse response = MinimalPlatform.create(pending);
    assertThat(okta.completeRegistration(pending.ticket(), response).credentialId())
        .isEqualTo(AttestedCredential.idIn(response.attestationObject()));
  }

  @Test
  void asksToWaitForAUserWhomTheOrgStillActivates() {
    org.expect(
        Fault.of(Fault.Kind.REFUSED, "POST", "/api/v1/users/*/factors")
            .status(409)
            .detail("E0000112"));
    assertFails(() -> okta.beginRegistration(org.user(0).id()), Reason.RATE_LIMITED);
  }

  @Test
  void readsWhatHasChanged() {
    Instant start = Instant.now();
    String id = org.user(7).id();
    org.rename(id, "Other", "Name");
    assertThat(all(new UserQuery.ChangedSince(start))).extracting(DirectoryUser::id).contains(id);
  }

  @Test
  void beginsAndGivesUpARegistration() {
    String user = org.user(0).id();
    PendingRegistration pending = okta.beginRegistration(user);
    assertThat(pending.origin()).isEqualTo(org.origin());
    assertThat(pending.options().relyingParty().id()).isEqualTo("localhost");
    assertThat(okta.listFactors(user))
        .extracting(Factor::status)
        .containsExactly(Factor.Status.PENDING);
    okta.cancelRegistration(pending.ticket());
    okta.cancelRegistration(pending.ticket());
    assertThat(org.factors(user)).isEmpty();
  }

  @Test
  void activatesWhatAKeyMadeAndRepeatsThatSafely() {
    String user = org.user(4).id();
    PendingRegistration pending = okta.beginRegistration(user);
    AuthenticatorAttestationResponse response = MinimalPlatform.create(pending);
    Factor factor = okta.completeRegistration(pending.ticket(), response);
    assertThat(factor.status()).isEqualTo(Factor.Status.ACTIVE);
    assertThat(factor.credentialId())
        .isEqualTo(AttestedCredential.idIn(response.attestationObject()));
    assertThat(okta.completeRegistration(pending.ticket(), response).id()).isEqualTo(factor.id());
    assertThat(okta.listFactors(user))
        .extracting(Factor::status)
        .containsExactly(Factor.Status.ACTIVE);
    okta.cancelRegistration(pending.ticket());
    assertThat(org.factors(user)).hasSize(1);
    assertThat(okta.beginRegistration(user).options().excludeCredentials())
        .extracting(CredentialDescriptor::id)
        .containsExactlyElementsOf(factor.credentialId().stream().toList());
  }

  @Test
  void activatesOnceEvenIfTheAnswerIsLost() {
    String user = org.user(5).id();
    PendingRegistration pending = okta.beginRegistration(user);
    org.expect(Fault.of(Fault.Kind.LOST_ANSWER, "POST", "/api/v1/users/*/factors/*/lifecycle/*"));
    Factor factor = okta.completeRegistration(pending.ticket(), MinimalPlatform.create(pending));
    assertThat(factor.status()).isEqualTo(Factor.Status.ACTIVE);
    assertThat(org.count("POST", "/api/v1/users/*/factors/*/lifecycle/activate")).isEqualTo(1);
  }

  @Test
  void saysThatTheOrgDoesNotAcceptWhatWasMadeForAnotherUser() {
    PendingRegistration one = okta.beginRegistration(org.user(5).id());
    PendingRegistration other = okta.beginRegistration(org.user(6).id());
    assertFails(
            () -> okta.completeRegistration(one.ticket(), MinimalPlatform.create(other)),
            Reason.REJECTED)
        .hasMessageContaining("E0000068");
  }

  @Test
  void leavesOnePendingFactorAtMostWhenTheAnswerIsLost() {
    String user = org.user(1).id();
    org.expect(Fault.of(Fault.Kind.LOST_ANSWER, "POST", "/api/v1/users/*/factors"));
    assertFails(() -> okta.beginRegistration(user), Reason.TIMED_OUT);
    assertThat(okta.listFactors(user)).hasSize(1);
    okta.removeFactor(user, okta.listFactors(user).get(0).id());
    assertThat(okta.listFactors(user)).isEmpty();
  }

  @Test
  void takesTheFactorsOfADeactivatedUserForGone() {
    String user = org.user(2).id();
    String factor = okta.beginRegistration(user).ticket().factorId();
    org.changeStatus(user, OrgUser.Status.DEPROVISIONED);
    okta.removeFactor(user, factor);
    okta.removeFactor(user, factor);
    assertThat(org.count("DELETE", "/api/v1/users/*/factors/*")).isEqualTo(2);
    assertThat(okta.findUser(user))
        .get()
        .extracting(DirectoryUser::status)
        .isEqualTo(DirectoryUser.Status.LEFT);
  }

  @Test
  void getsThroughATroubledNetworkWhereThatIsSafe() {
    org.expect(Fault.of(Fault.Kind.SERVER_ERROR, "GET", "/api/v1/groups").status(503));
    org.expect(Fault.of(Fault.Kind.LOST_ANSWER, "GET", "/api/v1/groups"));
    assertThat(okta.groups("Sales", 5)).hasSize(1);
  }

  @Test
  void servesSeveralThreadsWithoutMixingUpTheirAnswers() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<Optional<DirectoryUser>>> calls = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int number = 0; number < 200; number++) {
      String id = org.user(number).id();
      ids.add(id);
      calls.add(() -> okta.findUser(id));
    }
    Set<String> found = new HashSet<>();
    int number = 0;
    for (Future<Optional<DirectoryUser>> future : threads.invokeAll(calls)) {
      assertThat(future.get()).get().extracting(DirectoryUser::id).isEqualTo(ids.get(number++));
      future.get().map(DirectoryUser::id).ifPresent(found::add);
    }
    assertThat(found).hasSize(200);
    threads.shutdown();
  }
}
