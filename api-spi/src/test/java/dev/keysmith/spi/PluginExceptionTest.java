package dev.keysmith.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.spi.PluginException.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PluginExceptionTest {

  @Test
  void saysSomethingWhereThePluginDoesNot() {
    String nothing = new RuntimeException((@Nullable String) null).getMessage();

    assertThat(new PluginException(Reason.REJECTED, nothing)).hasMessage("It does not say why.");
    assertThat(PluginException.rateLimited(" ", Duration.ZERO)).hasMessage("It does not say why.");
    assertThat(new PluginException(Reason.REJECTED, "No.")).hasMessage("No.");
  }
}
