package dev.keysmith.core.page;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/**
 * Writes rows as CSV (RFC 4180). A value that a spreadsheet would take for a formula gets an
 * apostrophe before it, so that nothing that a directory says is executed by a program that opens
 * the file.
 */
public final class CsvTable implements AutoCloseable {

  private static final String STARTS_A_FORMULA = "=+-@\t\r\n";

  private final CsvWriter rows;

  /**
   * Begins with a row of titles.
   *
   * @param to stays the caller's to close
   */
  public CsvTable(Writer to, String... titles) {
    rows = CsvWriter.builder().bufferSize(0).build(to);
    row(titles);
  }

  /** Adds a row. */
  public void row(String... values) {
    String[] safe = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      safe[i] = safe(values[i]);
    }
    rows.writeRecord(safe);
  }

  private static String safe(String value) {
    boolean formula = !value.isEmpty() && STARTS_A_FORMULA.indexOf(value.charAt(0)) >= 0;
    return formula ? "'" + value : value;
  }

  /** Writes what is still held back. */
  @Override
  public void close() {
    try {
      rows.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
