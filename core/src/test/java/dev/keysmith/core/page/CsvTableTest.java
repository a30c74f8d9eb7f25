package dev.keysmith.core.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

  @Test
  void quotesWhatWouldEndAFieldOrARow() {
    assertThat(written("a,b", "say \"x\"", "two\nlines", "plain"))
        .isEqualTo("1,2,3,4\r\n\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",plain\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@sum(a)", "\t=1", "\r=1"})
  void keepsSpreadsheetsFromTakingAValueForAFormula(String value) {
    assertThat(written(value, "", "", "")).contains("'" + value);
  }

  private static String written(String... values) {
    StringWriter text = new StringWriter();
    try (CsvTable table = new CsvTable(text, "1", "2", "3", "4")) {
      table.row(values);
    }
    return text.toString();
  }
}
