package dev.keysmith.core.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
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
        .extracting(line -> line.number() + " " + line.problem().orElse("fine"))
        .containsExactly(
            "2 fine",
            "3 The line names no user.",
            "4 The same as line 2.",
            "5 This cannot be a login or an id.",
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
    refuses("Ann,ann@example.org\nBob,bob@example.org\n", "names none of them");
    refuses("login\n\"ann\nbob\n", "quotation mark");
    refuses("login\n", "names nobody");
    refuses("", "names nobody");
    refuses(
        IntStream.range(0, 100_001).mapToObj(n -> "u" + n).collect(Collectors.joining("\n")),
        "more than 100000 lines");
    assertThatThrownBy(
            () -> UserList.read("login\nj\u00f6rg".getBytes(StandardCharsets.ISO_8859_1)))
        .hasMessageContaining("UTF-8");
  }

  private static void refuses(String file, String why) {
    assertThatThrownBy(() -> read(file)).hasMessageContaining(why);
  }

  private static UserList read(String file) {
    return UserList.read(file.getBytes(StandardCharsets.UTF_8));
  }
}
