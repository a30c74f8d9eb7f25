package dev.keysmith.core.problem;

import dev.keysmith.core.message.MessageCode;
import dev.keysmith.spi.PluginException;
import java.util.List;
import java.util.Locale;

/** What a plugin says of a failure, in its own words, by the reason that it gives. */
public enum PluginMessage implements MessageCode {
  /** See {@link PluginException.Reason#UNAVAILABLE}. */
  UNAVAILABLE,
  /** See {@link PluginException.Reason#RATE_LIMITED}. */
  RATE_LIMITED,
  /** See {@link PluginException.Reason#TIMED_OUT}. */
  TIMED_OUT,
  /** See {@link PluginException.Reason#KEY_ABSENT}. */
  KEY_ABSENT,
  /** See {@link PluginException.Reason#KEY_BUSY}. */
  KEY_BUSY,
  /** See {@link PluginException.Reason#EXPIRED}. */
  EXPIRED,
  /** See {@link PluginException.Reason#REJECTED}. */
  REJECTED,
  /** See {@link PluginException.Reason#NOT_FOUND}. */
  NOT_FOUND,
  /** See {@link PluginException.Reason#MISCONFIGURED}. */
  MISCONFIGURED;

  private static final List<String> TEXT = List.of("text");

  /** The message of a reason. */
  public static PluginMessage of(PluginException.Reason reason) {
    return valueOf(reason.name());
  }

  @Override
  public String code() {
    return "plugin." + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** One, {@code text}: what the plugin says, in the language of the plugin. */
  @Override
  public List<String> parameters() {
    return TEXT;
  }
}
