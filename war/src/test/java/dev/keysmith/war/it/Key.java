package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.VirtualKeyBuilder;
import dev.keysmith.war.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A virtual key on the bench for one test, and what can be done with it. */
public final class Key implements AutoCloseable {

  /** Occurs in the server's log only if a secret leaks. */
  public static final String PIN = "Marker-Pin-8152";

  private final Scene scene;
  private final String id;

  public Key(Scene scene, VirtualKeyBuilder description) {
    this.scene = scene;
    this.id = BenchBesideTheServer.bench().create(description);
  }

  public Key(Scene scene) {
    this(scene, VirtualKey.builder());
  }

  /** To touch, pull and look inside. */
  public VirtualKey virtual() {
    return BenchBesideTheServer.bench().key(id);
  }

  /** How the server's station calls it. */
  public String id() {
    return id;
  }

  /** Starts a session for the person with this number. */
  Session begin(int number, String pin) {
    Api.Answer answer = asking(scene.userId(number), pin);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(202);
    return new Session(scene.api(), URI.create(answer.header("Location")).getPath());
  }

  /** Asks for a session. */
  Api.Answer asking(long userId, String pin) {
    return scene
        .api()
        .post(
            "/api/key-sessions",
            Map.of("transport", "bench", "key", id, "userId", userId, "pin", pin));
  }

  /** Runs a session to its end. */
  public JsonNode write(int number) {
    return begin(number, PIN).end();
  }

  /** Signs in to the org with what is on the key; what the org says. */
  JsonNode signIn() {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(scene.org().origin() + "/practice/api/keys/" + id + "/sign-in"))
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    Json.MAPPER.writeValueAsString(Map.of("login", "", "pin", PIN))))
            .build();
    try {
      return Json.MAPPER.readTree(
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new AssertionError("The practice org gave no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted", e);
    }
  }

  @Override
  public void close() {
    BenchBesideTheServer.bench().delete(id);
  }

  /** A key session. */
  record Session(Api api, String address) {

    /** Waits for its end. */
    JsonNode end() {
      return api.follow(
          address + "/events", state -> !state.required("state").asString().equals("RUNNING"));
    }

    /** Waits until the person at the desk reads words that begin like this. */
    void awaitWords(String beginning) {
      api.follow(
          address + "/events",
          state -> last(state).path("message").path("text").asString("").startsWith(beginning));
    }

    /** Waits until it asks for a touch. */
    void awaitTouch() {
      api.follow(address + "/events", state -> last(state).required("touch").asBoolean());
    }

    static JsonNode last(JsonNode session) {
      JsonNode entries = session.required("entries");
      return entries.size() == 0
          ? Json.MAPPER.readTree("{\"touch\":false}")
          : entries.get(entries.size() - 1);
    }

    /** What the person at the desk reads last. */
    static String lastWords(JsonNode session) {
      return last(session).required("message").required("text").asString();
    }
  }
}
