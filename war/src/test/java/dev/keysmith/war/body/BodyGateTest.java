package dev.keysmith.war.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keysmith.core.platform.Configuration;
import dev.keysmith.war.problem.RequestRefused;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyGateTest {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final BodyGate gate = new BodyGate();
  private final Time time = new Time();
  private final AtomicReference<@Nullable HttpServletRequest> inside = new AtomicReference<>();

  BodyGateTest() {
    gate.arrivals = new BodySlots();
    gate.proxies = new TrustedProxies(new Configuration(key -> Optional.empty()));
    gate.clock = time;
  }

  private FakeRequest send(FakeRequest fake) {
    return send(fake, request -> inside.set((HttpServletRequest) request));
  }

  private interface Resource {
    void take(Object request) throws IOException, ServletException;
  }

  private FakeRequest send(FakeRequest fake, Resource resource) {
    try {
      gate.doFilter(fake.request(), fake.response(), (request, response) -> resource.take(request));
    } catch (IOException | ServletException e) {
      throw new AssertionError(e);
    }
    return fake;
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) 'a');
    return bytes;
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /api/activation/redeem,        application/json,       1024
          /api/activation/key-sessions,  application/json,       4096
          /login/passkey,                application/json,      16384
          /login/new-passkey,            application/json,      16384
          /panel/sign-in.xhtml,          application/x-www-form-urlencoded, 16384
          /health,                       application/json,          0
          """)
  void takesLittleFromStrangersByTheByte(String path, String type, int most) {
    assertThat(send(FakeRequest.of(path, type, bytes(most))).status).isEqualTo(200);
    assertThat(send(FakeRequest.of(path, type, bytes(most + 1))).status).isEqualTo(413);
    assertThat(send(FakeRequest.of(path, type, bytes(most + 1)).chunked()).status).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*/*", "text/*", "text/csv, */*", "text/csvx", "application/json", "text/plain"})
  void takesMuchAsAListAlone(String type) {
    byte[] much = bytes(1024 * 1024);

    assertThat(send(FakeRequest.of("/api/imports/list", type, much).by("ann")).status)
        .isEqualTo(413);
    assertThat(send(FakeRequest.of("/api/activation/redeem", "text/csv", much)).status)
        .isEqualTo(413);
    assertThat(send(FakeRequest.of("/api/tokens", "text/csv", much).by("ann")).status)
        .isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/csv", "Text/CSV; charset=UTF-8", "text/csv;header=absent"})
  void leavesAListToItsResource(String type) throws IOException {
    FakeRequest list =
        FakeRequest.of("/api/imports/list/preview", type, bytes(1024 * 1024)).by("ann");
    send(list);

    HttpServletRequest request = inside.get();
    assertThat(request).isNotNull();
    assertThat(request.getInputStream().readAllBytes()).hasSize(1024 * 1024);
  }

  @Test
  void endsAListThatIsLongerThanItSaid() {
    FakeRequest list =
        FakeRequest.of("/api/imports/list", "text/csv", bytes(16 * 1024 * 1024 + 1)).by("ann");

    send(
        list.chunked(),
        request ->
            assertThatThrownBy(() -> ((HttpServletRequest) request).getInputStream().readAllBytes())
                .isInstanceOfSatisfying(
                    RequestRefused.class, e -> assertThat(e.status()).isEqualTo(413)));
  }

  @Test
  void readsAFormBeforeAnythingElseRuns() {
    byte[] body = "name=J%C3%B6rg+K&group=1&group=2%26&empty&=".getBytes(StandardCharsets.US_ASCII);
    FakeRequest form = FakeRequest.of("/panel/sign-in.xhtml", FORM + ";charset=UTF-8", body);
    form.query = "to=%2Fpanel&group=0";
    send(form.chunked());

    assertThat(form.status).isEqualTo(200);
    HttpServletRequest request = inside.get();
    assertThat(request).isNotNull();
    assertThat(request.getParameter("name")).isEqualTo("Jörg K");
    assertThat(request.getParameterValues("group")).containsExactly("0", "1", "2&");
    assertThat(request.getParameter("empty")).isEmpty();
    assertThat(request.getParameter("other")).isNull();
    assertThat(Collections.list(request.getParameterNames()))
        .containsExactly("to", "group", "name", "empty", "");
    assertThat(FormFields.of(form.request()).value("to")).contains("/panel");
    assertThat(FormFields.of(form.request()).values("group")).containsExactly("0", "1", "2&");
  }

  @ParameterizedTest
  @CsvSource({
    "multipart/form-data; boundary=x, aaa, 415",
    "*/*, aaa, 415",
    "application/x-www-form-urlencoded, a=%zz, 400",
    "application/x-www-form-urlencoded, a=%2, 400"
  })
  void refusesWhatIsNoFormOfAPage(String type, String body, int status) {
    FakeRequest post = FakeRequest.of("/panel/set-up.xhtml", type, body.getBytes());
    send(post);

    assertThat(post.status).isEqualTo(status);
    assertThat(inside.get()).isNull();
  }

  @Test
  void keepsARefusedBodyFromThePageThatSaysSo() {
    FakeRequest page = FakeRequest.of("/panel/error.xhtml", FORM, bytes(1024 * 1024));
    page.dispatcher = DispatcherType.ERROR;
    page.status = 403;
    send(page);

    assertThat(inside.get()).isNull();
    assertThat(page.status).isEqualTo(403);
    assertThat(page.text()).isNotBlank();
  }

  @Test
  void letsThePageSpeakWhereTheBodyIsHereOrThereIsNone() {
    FakeRequest form = FakeRequest.of("/panel/users.xhtml", FORM, bytes(10));
    send(form);
    form.dispatcher = DispatcherType.ERROR;
    inside.set(null);
    send(form);
    assertThat(inside.get()).isNotNull();

    FakeRequest get = FakeRequest.of("/panel/error.xhtml", FORM, new byte[0]);
    get.dispatcher = DispatcherType.ERROR;
    inside.set(null);
    send(get);
    assertThat(inside.get()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "/login/passkey, application/json",
    "/panel/sign-in.xhtml, application/x-www-form-urlencoded"
  })
  void endsABodyThatTricklesIn(String path, String type) {
    FakeRequest slow = FakeRequest.of(path, type, bytes(10));
    slow.body =
        new InputStream() {
          @Override
          public int read() {
            time.passes(Duration.ofSeconds(2));
            return 'a';
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            into[offset] = (byte) read();
            return 1;
          }
        };

    assertThat(send(slow).status).isEqualTo(408);
    assertThat(slow.answerHeaders).containsEntry("Connection", "close");
    assertThat(slow.answer.toString(StandardCharsets.UTF_8) + slow.text()).contains("too");
    assertThat(inside.get()).isNull();
  }

  @Test
  void forgetsABodyAfterTheRequest() throws IOException {
    send(FakeRequest.of("/login/passkey", JSON, "{\"password\":1}".getBytes()));

    HttpServletRequest request = inside.get();
    assertThat(request).isNotNull();
    assertThat(request.getInputStream().readAllBytes()).containsOnly(0);
  }

  @Test
  void takesFewBodiesAtOnceFromOneAddressAndLeavesOthersIn() {
    sendWhileOthersArrive(8, depth -> "203.0.113.7");

    FakeRequest elsewhere = FakeRequest.of("/login/passkey", JSON, bytes(1));
    elsewhere.address = "203.0.113.8";
    assertThat(send(elsewhere).status).isEqualTo(200);
  }

  @Test
  void takesFewBodiesAtOnceFromOneIpv6Customer() {
    sendWhileOthersArrive(8, depth -> "2001:db8:1:2::" + depth);
  }

  /** Each body, when it is read, has the next one sent. */
  private void sendWhileOthersArrive(int depth, IntFunction<String> addresses) {
    FakeRequest fake = FakeRequest.of("/login/passkey", JSON, bytes(1));
    fake.address = addresses.apply(depth);
    fake.body =
        new InputStream() {
          private boolean begun;

          @Override
          public int read() {
            if (!begun) {
              begun = true;
              if (depth > 0) {
                sendWhileOthersArrive(depth - 1, addresses);
              } else {
                throw new AssertionError("A ninth body was read");
              }
              FakeRequest known = FakeRequest.of("/api/tokens", JSON, bytes(1)).by("ann");
              assertThat(send(known).status).isEqualTo(200);
            }
            return -1;
          }
        };
    send(fake);
    assertThat(fake.status).isEqualTo(depth == 0 ? 503 : 200);
    assertThat(fake.answerHeaders.get("Retry-After")).isEqualTo(depth == 0 ? "1" : null);
  }

  @Test
  void leavesRequestsWithoutABodyAlone() {
    FakeRequest get = FakeRequest.of("/api/station/events", JSON, new byte[0]);
    get.method = "GET";
    get.length = -1;
    send(get);

    assertThat(inside.get()).isNotInstanceOf(BufferedRequest.class);
    assertThat(get.streamTaken).isFalse();
  }

  private static final class Time extends Clock {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    void passes(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
