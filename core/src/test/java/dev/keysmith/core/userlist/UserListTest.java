package dev.keysmith.core.userlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.message.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserListTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann@example.org\nbob@example.org\n",
        "\uFEFFann@example.org\r\nbob@example.org",
        "Login\nann@example.org\nbob@example.org\n",
        "name,login,shoe\nAnn,ann@example.org,42\n\"Bob, the \"\"B\"\"\",bob@example.org,43\n",
        "\uFEFFName;UPN\r\n\"Ann;A\";ann@example.org\r\nBob;bob@example.org\r\n",
        "id\tlogin\n1\tann@example.org\n2\tbob@example.org\n",
        "\n ann@example.org \n\n\nbob@example.org\n\n"
      })
  void readsWhatSpreadsheetsSave(String file) {
    assertThat(read(file).lines())
        .allMatch(line -> line.problem().isEmpty())
        .extracting(UserList.Line::key)
        .containsExactly("ann@example.org", "bob@example.org");
  }

  @Test
  void saysOfEachLineWhatIsWrongWithIt() {
    String file =
        "login,name\nann,Ann\n,Nobody\nANN,Ann again\n" + "x".repeat(256) + ",Long\nbob\n";

    assertThat(read(file).lines())
        .extracting(
            line -> line.number() + " " + line.problem().map(Message::toString).orElse("fine"))
        .containsExactly(
            "2 fine",
            "3 import-line.empty",
            "4 import-line.repeated {line=2}",
            "5 import-line.unusable",
            "6 fine");
  }

  @Test
  void countsLinesAsTheFileDoesWhenAFieldGoesOverSeveral() {
    assertThat(read("login,note\nann,\"two\nlines\"\nbob,x\n").lines())
        .extracting(UserList.Line::number)
        .containsExactly(2, 4);
  }

  @Test
  void refusesWhatItCannotReadAsAWhole() {
    refuses("Ann,ann@example.org\nBob,bob@example.org\n", "import.list-titles");
    refuses("login\n\"ann\nbob\n", "import.list-no-csv");
    refuses("login\n", "import.list-empty");
    refuses("", "import.list-empty");
    refuses(
        IntStream.range(0, 100_001).mapToObj(n -> "u" + n).collect(Collectors.joining("\n")),
        "import.list-long {most=100000}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows-1252", "UTF-8", "UTF-16"})
  void readsTheEncodingsOfSpreadsheets(String encoding) throws Exception {
    UserList list =
        UserList.read("Name;Login\r\nJ\u00f6rg \u20ac;j\u00f6rg\r\n".getBytes(encoding));

    assertThat(list.lines()).extracting(UserList.Line::key).containsExactly("j\u00f6rg");
    assertThat(list.encoding()).isEqualTo(encoding);
  }

  @Test
  void refusesWhatIsNoText() {
    assertThatThrownBy(() -> UserList.read(new byte[] {'P', 'K', 3, 4, 20, 0}))
        .hasMessageContaining("workbook");
    assertThatThrownBy(() -> UserList.read(new byte[] {'a', 0, 'b', 0}))
        .hasMessageContaining("import.list-no-text");
    assertThatThrownBy(() -> UserList.read(new byte[] {'a', (byte) 0x81, 'b'}))
        .hasMessageContaining("import.list-no-text");
  }

  @Test
  void showsWhichColumnIsMeantAndWhatWillBeLeftOut() {
    ListPreview preview =
        ListPreview.of(read("Name;Login;Room\nAnn;ann;1\nNobody;;2\nBob;bob;3\nAnn;ANN;1\n"));

    assertThat(preview.separator()).isEqualTo(";");
    assertThat(preview.titles()).containsExactly("Name", "Login", "Room");
    assertThat(preview.column()).isEqualTo(1);
    assertThat(preview.rows()).hasSize(4).first().isEqualTo(List.of("Ann", "ann", "1"));
    assertThat(preview.users()).isEqualTo(2);
    assertThat(preview.faulty()).isEqualTo(2);
    assertThat(preview.faults())
        .extracting(fault -> fault.line() + " " + fault.problem().code())
        .containsExactly("3 import-line.empty", "5 import-line.repeated");
  }

  private static void refuses(String file, String why) {
    assertThatThrownBy(() -> read(file)).hasMessageContaining(why);
  }

  private static UserList read(String file) {
    return UserList.read(file.getBytes(StandardCharsets.UTF_8));
  }
}
