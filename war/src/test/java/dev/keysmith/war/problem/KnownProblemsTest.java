package dev.keysmith.war.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.ctap.CtapException;
import dev.keysmith.core.ctap.CtapStatus;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class KnownProblemsTest {

  /** What a key that answers each command with this byte leads to. */
  private static CtapException answered(int code) {
    KeyConnection key =
        new KeyConnection() {
          @Override
          public byte[] exchange(byte[] request, Duration timeout, KeepAliveListener listener) {
            return new byte[] {(byte) code};
          }

          @Override
          public void cancel() {}

          @Override
          public void close() {}
        };
    return catchThrowableOfType(
        CtapException.class, () -> new Ctap2Client(key, new SecureRandom()).getInfo());
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"OK", "UNREADABLE_RESPONSE"})
  void aRefusalOfAKeyIsNoFaultOfTheServer(CtapStatus status) {
    Problem problem = KnownProblems.of(answered(status.code()));

    assertThat(problem.status()).isIn(409, 502, 504);
    assertThat(problem.code()).isEqualTo(status.problemCode());
    assertThat(problem.detail()).contains(status.meaning());
    assertThat(problem.incident()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"INVALID, 400", "FORBIDDEN, 403", "NOT_FOUND, 404", "CONFLICT, 409"})
  void hasAStatusForEachKindAlsoForPages(ProblemException.Kind kind, int status) {
    ProblemException problem =
        switch (kind) {
          case INVALID -> ProblemException.invalid("x", "X.", Map.of());
          case FORBIDDEN -> ProblemException.forbidden("x", "X.");
          case NOT_FOUND -> ProblemException.notFound("x", "X.");
          default -> ProblemException.conflict("x", "X.");
        };

    assertThat(KnownProblems.status(new IllegalStateException(problem))).isEqualTo(status);
    assertThat(KnownProblems.status(new IllegalStateException("ours"))).isEqualTo(500);
  }

  @Test
  void nonsenseOfAKeyIsNoFaultOfTheServer() {
    assertThat(KnownProblems.of(answered(0)).status()).isEqualTo(502);
  }

  @Test
  void isFoundBehindWhatTransactionsAndProxiesThrow() {
    CtapException refusal = answered(0x31);

    assertThat(Problems.known(new IllegalStateException(new RuntimeException(refusal))))
        .containsSame(refusal);
  }
}
