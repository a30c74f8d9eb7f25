package dev.keysmith.war.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.core.ctap.Ctap2Client;
import dev.keysmith.core.ctap.wire.CtapException;
import dev.keysmith.core.ctap.wire.CtapStatus;
import dev.keysmith.core.message.Message;
import dev.keysmith.core.problem.Failure;
import dev.keysmith.core.problem.ProblemException;
import dev.keysmith.core.problem.ProblemMessage;
import dev.keysmith.spi.key.KeepAliveListener;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.war.text.Texts;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
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

  private static Problem problem(RuntimeException failure) {
    return KnownProblems.of(failure, Texts.in(Locale.ENGLISH));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"OK", "UNREADABLE_RESPONSE"})
  void aRefusalOfAKeyIsNoFaultOfTheServer(CtapStatus status) {
    Problem problem = problem(answered(status.value()));

    assertThat(problem.status()).isIn(409, 502, 504);
    assertThat(problem.code()).isEqualTo(status.code());
    assertThat(problem.detail()).matches("[A-Z].*\\.").doesNotContain("CTAP");
    assertThat(problem.arguments())
        .containsEntry("command", "authenticatorGetInfo")
        .containsEntry("answer", String.format("%s, 0x%02X", status.name(), status.value()));
    assertThat(problem.incident()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"INVALID, 400", "FORBIDDEN, 403", "NOT_FOUND, 404", "CONFLICT, 409"})
  void hasAStatusForEachKindAlsoForPages(ProblemException.Kind kind, int status) {
    ProblemException problem = ProblemException.of(kind, Message.of(ProblemMessage.FIELD_WRONG));

    assertThat(KnownProblems.status(new IllegalStateException(problem))).isEqualTo(status);
    assertThat(KnownProblems.status(new IllegalStateException("ours"))).isEqualTo(500);
  }

  @Test
  void nonsenseOfAKeyIsNoFaultOfTheServer() {
    assertThat(problem(answered(0)).status()).isEqualTo(502);
  }

  @Test
  void isFoundBehindWhatTransactionsAndProxiesThrow() {
    CtapException refusal = answered(0x31);

    assertThat(Failure.known(new IllegalStateException(new RuntimeException(refusal))))
        .containsSame(refusal);
  }
}
