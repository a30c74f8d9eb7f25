package dev.keysmith.station.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** One line for each record, on stderr. */
final class LineFormatter extends Formatter {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

  /** For the whole program, unless its caller configures java.util.logging himself. */
  static void install() {
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      if (handler instanceof ConsoleHandler) {
        handler.setFormatter(new LineFormatter());
      }
    }
  }

  @Override
  public String format(LogRecord entry) {
    String trace = "";
    if (entry.getThrown() != null) {
      StringWriter text = new StringWriter();
      entry.getThrown().printStackTrace(new PrintWriter(text));
      trace = text.toString();
    }
    String line =
        "%s %-7s %s%n"
            .formatted(
                TIME.format(entry.getInstant()), entry.getLevel().getName(), formatMessage(entry));
    return line + trace;
  }
}
