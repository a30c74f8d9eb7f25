package dev.keysmith.station.fake;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that the program logs, at every level. */
public final class HeardLog extends Handler implements AutoCloseable {

  private static final Logger LOGGER = Logger.getLogger("dev.keysmith");

  private final StringWriter text = new StringWriter();

  public HeardLog() {
    LOGGER.setLevel(Level.ALL);
    LOGGER.addHandler(this);
  }

  @Override
  public synchronized void publish(LogRecord entry) {
    PrintWriter out = new PrintWriter(text);
    out.println(new SimpleFormatter().format(entry));
    out.flush();
  }

  public synchronized String text() {
    return text.toString();
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LOGGER.removeHandler(this);
    LOGGER.setLevel(null);
  }
}
