package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.VirtualKey;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What is plugged in, live. */
@ArquillianTest
@RunAsClient
@Timeout(120)
class StationIT {

  private static final String EVENTS = "/api/station/events";

  @ArquillianResource URI base;
  private String key = "";

  @BeforeEach
  void putAKeyOnTheBench() {
    key = BenchBesideTheServer.bench().create(VirtualKey.builder());
  }

  @AfterEach
  void takeItAway() {
    BenchBesideTheServer.bench().delete(key);
  }

  private VirtualKey virtual() {
    return BenchBesideTheServer.bench().key(key);
  }

  private boolean shows(JsonNode look) {
    return look.required("keys").findValuesAsString("key").contains(key);
  }

  @Test
  void tellsOfAKeyThatIsPulledOutAndPluggedInAgain() throws Exception {
    Api api = Api.administrator(base);
    CountDownLatch seen = new CountDownLatch(1);
    CountDownLatch missed = new CountDownLatch(1);
    CompletableFuture<JsonNode> back =
        CompletableFuture.supplyAsync(
            () ->
                api.follow(
                    EVENTS,
                    look -> {
                      if (shows(look)) {
                        seen.countDown();
                        return missed.getCount() == 0;
                      }
                      if (seen.getCount() == 0) {
                        missed.countDown();
                      }
                      return false;
                    }));
    seen.await();
    virtual().unplug();
    missed.await();
    virtual().plugIn();

    assertThat(shows(back.get())).isTrue();
  }

  @Test
  void tellsWhatIsThereToEachWhoAsks() {
    Api api = Api.administrator(base);

    for (int i = 0; i < 3; i++) {
      assertThat(shows(api.follow(EVENTS, this::shows))).isTrue();
    }
  }

  @Test
  void tellsNothingToStrangers() {
    assertThat(Api.anonymous(base).get(EVENTS).status()).isEqualTo(401);
  }
}
