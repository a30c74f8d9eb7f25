package dev.keysmith.okta.directory;

import static dev.keysmith.okta.Assertions.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.okta.http.Answer;
import dev.keysmith.okta.http.Json;
import dev.keysmith.okta.http.Org;
import dev.keysmith.okta.http.Request;
import dev.keysmith.spi.PluginException.Reason;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextPageTest {

  private static final Org ORG = Org.at(URI.create("https://example.okta.com"));
  private static final Request FIRST =
      Request.get("list the users", "/api/v1/users").where("limit", 2);

  private static Optional<String> after(Request request, String... headers) {
    Answer answer = new Answer(200, Map.of("link", List.of(headers)), Json.NOTHING);
    return NextPage.cursorAfter(request, ORG, answer)
        .map(cursor -> NextPage.at("list the users", cursor).path());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<https://example.okta.com/api/v1/users?after=a,b>; rel=\"next\"",
        "<https://example.okta.com/api/v1/users?after=a,b>;rel=next",
        "<https://example.okta.com/api/v1/users?after=a,b>; rel='next'",
        "<https://example.okta.com/api/v1/users?after=a,b>; title=\"One, two; <three>\"; rel=\"next\"",
        "<https://example.okta.com/api/v1/users?after=a,b>; title='One, two'; rel='next'",
        "<https://example.okta.com/api/v1/users?after=a,b>; title=\"say \\\"next\\\"\" ; REL = \"Next\"",
        "<https://example.okta.com/api/v1/users?after=a,b>; rel=\"prefetch next\"; rel=\"prev\"",
        "<https://example.okta.com/api/v1/users?after=a,b>; title*=UTF-8''n%c3%a4chste; rel=next;",
        "<https://EXAMPLE.okta.com:443/api/v1/users?after=a,b>; rel=\"next\"",
        "</api/v1/users?after=a,b>; rel=\"next\"",
        "<users?after=a,b>; rel=\"next\"",
        "<?after=a,b>; rel=\"next\"",
        "</self>; rel=\"self\"; title=\"a, b\", <?after=a,b>; rel=\"next\", ,",
        " , <?after=a,b>; media; rel=\"next\""
      })
  void followsALinkInEachFormOfTheStandard(String header) {
    assertThat(after(FIRST, header)).contains("/api/v1/users?after=a,b");
    assertThat(after(FIRST, "</self>; rel=self", header)).contains("/api/v1/users?after=a,b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<?after=x>; rel=\"prev\"",
        "<?after=x>",
        "<?after=x>; title=\"rel=next\"",
        "<?after=x>; rel=\"nextbutone\"",
        "<?after=x>; rel=\"prev\"; rel=\"next\"",
        "<?after=x>; rel=\"next\"; anchor=\"/other\""
      })
  void endsWhereNoLinkLeadsOn(String header) {
    assertThat(after(FIRST, header)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.okta.com/api/v1/users?after=x; rel=next",
        "<https://example.okta.com/api/v1/users?after=x; rel=next",
        "<?after=x>; title=\"unfinished; rel=next",
        "<?after=x>; rel=\"self\" <?after=y>; rel=\"next\"",
        "<?after=a b>; rel=\"next\"",
        "</oauth2/v1/token>; rel=\"next\"",
        "</api/v1/../../admin>; rel=\"next\"",
        "<mailto:x@example.com>; rel=\"next\""
      })
  void doesNotEndTheListAtAHeaderThatCannotBeRead(String header) {
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(() -> after(FIRST, header)).getMessage())
        .containsAnyOf("could not be understood", "another host");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<http://example.okta.com/api/v1/users?after=x>; rel=next",
        "<https://example.okta.com:8443/api/v1/users?after=x>; rel=next",
        "<https://example.okta.com.evil.example/api/v1/users?after=x>; rel=next",
        "<https://example.okta.com@evil.example/api/v1/users>; rel=next",
        "<https://token@example.okta.com/api/v1/users>; rel=next",
        "<//evil.example/api/v1/users>; rel=next"
      })
  void followsNoLinkToAnotherOrigin(String header) {
    assertFails(() -> after(FIRST, header), Reason.MISCONFIGURED)
        .hasMessageContaining("another host");
  }

  @Test
  void resolvesARelativeLinkAgainstThePageThatWasAskedFor() {
    Request second = NextPage.at("x", cursor("/api/v1/groups/00g1/users?after=a&limit=2"));
    assertThat(after(second, "<?after=b>; rel=next")).contains("/api/v1/groups/00g1/users?after=b");
    assertThat(after(second, "<users>; rel=next")).contains("/api/v1/groups/00g1/users");
  }

  @Test
  void givesTheSameCursorForTheSameLinkSoThatACircleIsNoticed() {
    Request a = NextPage.at("x", cursor("/api/v1/users?after=a"));
    Request b = NextPage.at("x", cursor("/api/v1/users?after=b"));
    assertThat(NextPage.cursorAfter(b, ORG, linked("<?after=a>; rel=next")))
        .isEqualTo(
            NextPage.cursorAfter(FIRST, ORG, linked("</api/v1/users?after=a>; rel=\"next\"")));
    assertThat(NextPage.cursorAfter(a, ORG, linked("<users?after=b>; rel='next'")))
        .contains(cursor("/api/v1/users?after=b"));
  }

  private static Answer linked(String header) {
    return new Answer(200, Map.of("link", List.of(header)), Json.NOTHING);
  }

  private static String cursor(String path) {
    return dev.keysmith.spi.Bytes.of(path.getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .toBase64Url();
  }
}
