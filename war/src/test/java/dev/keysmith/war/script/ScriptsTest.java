package dev.keysmith.war.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ScriptsTest {

  private static final Scripts OLD = of(Map.of("live/main.js", "1", "live/part.js", "2"));

  private static Scripts of(Map<String, String> modules) {
    TreeMap<String, byte[]> bytes = new TreeMap<>();
    modules.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
    return new Scripts(bytes);
  }

  private static String address(Scripts scripts, String module) {
    return scripts.getPath().substring("/scripts".length()) + "/" + module;
  }

  @Test
  void findsModulesOfThisBuild() {
    assertThat(OLD.find(address(OLD, "live/part.js")))
        .hasValueSatisfying(it -> assertThat(it).asString().isEqualTo("2"));
    assertThat(OLD.find(address(OLD, "live/other.js"))).isEmpty();
    assertThat(OLD.find("/live/main.js")).isEmpty();
    assertThat(OLD.find("")).isEmpty();
  }

  @Test
  void givesAllModulesAnotherAddressWhenOneHasChanged() {
    Scripts updated = of(Map.of("live/main.js", "1", "live/part.js", "3"));

    assertThat(updated.getPath()).isNotEqualTo(OLD.getPath());
    assertThat(updated.find(address(OLD, "live/main.js"))).isEmpty();
    assertThat(updated.find(address(updated, "live/main.js"))).isPresent();
  }

  @Test
  void hashesWhereANameEnds() {
    assertThat(of(Map.of("ab", "c")).getPath()).isNotEqualTo(of(Map.of("a", "bc")).getPath());
  }

  @Test
  void keepsTheAddressOfABuild() {
    assertThat(of(Map.of("live/part.js", "2", "live/main.js", "1")).getPath())
        .isEqualTo(OLD.getPath());
  }
}
