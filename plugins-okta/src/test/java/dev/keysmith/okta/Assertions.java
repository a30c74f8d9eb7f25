package dev.keysmith.okta;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of this package say about failures. */
public final class Assertions {

  private Assertions() {}

  public static AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      ThrowingCallable call, Reason reason) {
    PluginException failure = catchThrowableOfType(PluginException.class, call);
    org.assertj.core.api.Assertions.assertThat(failure).isNotNull();
    org.assertj.core.api.Assertions.assertThat(failure.reason())
        .as(failure.getMessage())
        .isEqualTo(reason);
    return org.assertj.core.api.Assertions.assertThat(failure)
        .hasNoCause()
        .hasMessageNotContainingAny(LoopbackOrg.TOKEN, "@example.org");
  }
}
