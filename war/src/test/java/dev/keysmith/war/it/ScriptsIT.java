package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

@ArquillianTest
@RunAsClient
class ScriptsIT {

  private static final Pattern MODULE = Pattern.compile("type='module' src='(/scripts/\\w{16})/");

  @ArquillianResource URI base;

  private String path() {
    String page = Api.anonymous(base).get("/panel/sign-in").http().body();
    MatchResult module = MODULE.matcher(page).results().findFirst().orElseThrow();
    return module.group(1);
  }

  @Test
  void letsBrowsersKeepTheModulesOfABuild() {
    Api.Answer module = Api.anonymous(base).get(path() + "/live/main.js");

    assertThat(module.status()).isEqualTo(200);
    assertThat(module.http().body()).contains("from './part.js'");
    assertThat(module.http().headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/javascript");
    assertThat(module.http().headers().firstValue("Cache-Control").orElseThrow())
        .contains("immutable");
  }

  @Test
  void hasNoModulesOfOtherBuilds() {
    for (String other : new String[] {"/scripts/0123456789abcdef", "/scripts", "/resources"}) {
      Api.Answer module = Api.anonymous(base).get(other + "/live/main.js");

      assertThat(module.status()).as(other).isEqualTo(404);
      assertThat(module.http().headers().firstValue("Cache-Control").orElse(""))
          .as(other)
          .doesNotContain("immutable");
    }
  }
}
