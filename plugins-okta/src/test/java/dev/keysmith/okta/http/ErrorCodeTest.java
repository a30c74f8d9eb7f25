package dev.keysmith.okta.http;

import static dev.keysmith.okta.Assertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.okta.LoopbackOrg;
import dev.keysmith.okta.LoopbackOrg.Reply;
import dev.keysmith.spi.PluginException.Reason;
import dev.keysmith.spi.idp.IdentityProvider;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorCodeTest {

  private static final String GROUPS = "GET /api/v1/groups";

  /** Code, status, reason, how often a question is sent, and what the advice speaks of. */
  private static final String TABLE =
      """
      E0000001 400 REJECTED      1 system log
      E0000002 400 REJECTED      1 which value
      E0000003 400 REJECTED      1 altered
      E0000004 401 MISCONFIGURED 1 revoked
      E0000005 403 MISCONFIGURED 1 ended session
      E0000006 403 MISCONFIGURED 1 role
      E0000007 404 NOT_FOUND     1 does not exist
      E0000008 404 MISCONFIGURED 1 deactivated
      E0000009 500 UNAVAILABLE   3 status.okta.com
      E0000010 503 UNAVAILABLE   3 maintained
      E0000011 401 MISCONFIGURED 1 revoked
      E0000012 404 MISCONFIGURED 1 Content-Type
      E0000013 403 MISCONFIGURED 1 client ID
      E0000014 403 REJECTED      1 another directory
      E0000015 401 MISCONFIGURED 1 Classic Engine
      E0000018 400 MISCONFIGURED 1 drops Accept
      E0000019 400 MISCONFIGURED 1 alters Accept
      E0000020 400 REJECTED      1 system log may
      E0000021 400 MISCONFIGURED 1 alters headers
      E0000022 405 REJECTED      1 user's ID
      E0000026 404 MISCONFIGURED 1 newer Keysmith
      E0000028 400 REJECTED      1 cuts queries
      E0000029 400 EXPIRED       1 start the list again
      E0000030 400 REJECTED      1 clock
      E0000031 400 REJECTED      1 search for this name
      E0000037 400 REJECTED      1 type
      E0000038 403 REJECTED      1 status
      E0000047 403 RATE_LIMITED  1 rate limit
      E0000048 404 NOT_FOUND     1 does not find
      E0000052 501 MISCONFIGURED 1 part of the API
      E0000057 403 MISCONFIGURED 1 sign-on policy
      E0000058 403 MISCONFIGURED 1 second factor
      E0000060 501 MISCONFIGURED 1 does not support
      E0000063 400 REJECTED      1 together
      E0000064 401 MISCONFIGURED 1 password
      E0000067 504 UNAVAILABLE   3 service for factors
      E0000068 403 REJECTED      1 origin
      E0000069 403 REJECTED      1 locked out
      E0000074 400 REJECTED      1 settings of the authenticator
      E0000079 403 REJECTED      1 begin the registration again
      E0000083 403 EXPIRED       1 too old
      E0000085 403 MISCONFIGURED 1 network zone
      E0000092 403 MISCONFIGURED 1 sign in again
      E0000094 400 REJECTED      1 filter
      E0000100 503 UNAVAILABLE   3 search
      E0000107 403 REJECTED      1 changed its state
      E0000111 403 REJECTED      1 read-only
      E0000112 409 RATE_LIMITED  1 still activating
      E0000113 409 REJECTED      1 one more step
      E0000117 403 REJECTED      1 not active
      E0000119 403 REJECTED      1 locked
      E0000122 406 MISCONFIGURED 1 replaces
      E0000145 409 REJECTED      1 profile editor
      E0000149 406 MISCONFIGURED 1 proxy
      E0000154 410 NOT_FOUND     1 gone
      E0000155 423 REJECTED      1 suspended
      E0000156 410 NOT_FOUND     1 deleted
      E0000158 400 REJECTED      1 PIN
      E0000159 400 REJECTED      1 FIPS
      E0000180 423 REJECTED      1 suspended
      E0000181 503 UNAVAILABLE   3 some minutes
      E0000191 404 EXPIRED       1 too long
      E0000195 409 UNAVAILABLE   3 at this moment
      E0000207 401 MISCONFIGURED 1 wrong password
      E0000208 400 MISCONFIGURED 1 scopes
      E0000212 403 MISCONFIGURED 1 Trusted Origins
      E0000215 410 MISCONFIGURED 1 no longer there
      E0000239 423 UNAVAILABLE   3 policies
      """;

  private LoopbackOrg org;
  private IdentityProvider okta;

  @BeforeEach
  void start() throws IOException {
    org = new LoopbackOrg();
    okta = org.provider();
  }

  @AfterEach
  void stop() {
    okta.close();
    org.close();
  }

  static Stream<Arguments> table() {
    return TABLE
        .lines()
        .map(line -> line.split("\\s+", 5))
        .map(
            row ->
                Arguments.of(
                    row[0],
                    Integer.valueOf(row[1]),
                    Reason.valueOf(row[2]),
                    Integer.valueOf(row[3]),
                    row[4]));
  }

  @ParameterizedTest
  @MethodSource("table")
  void saysWhatToDoAboutEachErrorOfOktas(
      String code, int status, Reason reason, int times, String advice) {
    org.on(GROUPS, Reply.error(status, code, "No ann@example.org here"));
    assertFails(() -> okta.groups("", 10), reason)
        .hasMessageContainingAll("list the groups", code, "error id oae1", advice);
    assertThat(org.received(GROUPS)).hasSize(times);
  }

  @Test
  void hasARowForEachError() {
    assertThat(table().map(row -> row.get()[0]))
        .containsExactlyElementsOf(Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
  }

  @Test
  void givesEachErrorAdviceOfItsOwn() {
    assertThat(ErrorCode.values())
        .extracting(ErrorCode::advice)
        .doesNotHaveDuplicates()
        .allSatisfy(advice -> assertThat(advice).endsWith("."));
  }
}
