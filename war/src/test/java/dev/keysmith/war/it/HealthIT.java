package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.Test;

@ArquillianTest
@RunAsClient
class HealthIT {

  @ArquillianResource URI base;

  @Test
  void isReadyOnceStarted() {
    Api.Answer ready = Api.anonymous(base).get("/health/ready");

    assertThat(ready.status()).isEqualTo(200);
    assertThat(ready.json().required("status").asString()).isEqualTo("UP");
    assertThat(ready.json().required("checks").findValuesAsString("name"))
        .contains("database", "events", "integrations", "key-transports", "plugins");
  }

  @Test
  void isAlive() {
    assertThat(Api.anonymous(base).get("/health/live").status()).isEqualTo(200);
  }

  @Test
  void countsWhatOperatorsWatch() {
    Api.Answer metrics = Api.anonymous(base).get("/metrics?scope=application");

    assertThat(metrics.http().body())
        .contains("# HELP keysmith_dead_letters Events that wait for an administrator")
        .containsPattern("keysmith_passkeys\\{[^}]*state=\"ACTIVE\"[^}]*} [0-9]");
  }
}
