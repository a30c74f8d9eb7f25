package dev.keysmith.testing.org.practice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.key.KeyConnection;
import dev.keysmith.testing.org.browser.Browser;
import dev.keysmith.testing.org.browser.BrowserException;
import dev.keysmith.testing.org.browser.NewPinWanted;
import dev.keysmith.testing.org.http.Answer;
import dev.keysmith.testing.org.http.Call;
import dev.keysmith.testing.org.http.Json;
import dev.keysmith.testing.org.http.OktaError;
import dev.keysmith.testing.org.http.Routes;
import dev.keysmith.testing.org.practice.KeyBench.Key;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** {@code /practice/api/keys}: plug, touch and sign in with the keys on the table. */
public final class KeysApi {

  private static final String KEYS = "/practice/api/keys";

  private final KeyBench bench;
  private final SignIn signIn;
  private final Browser browser;
  private final Activity activity;

  /** Over the keys of a bench. */
  public KeysApi(KeyBench bench, SignIn signIn, Browser browser, Activity activity) {
    this.bench = bench;
    this.signIn = signIn;
    this.browser = browser;
    this.activity = activity;
  }

  /** Adds the endpoints. */
  public void register(Routes routes) {
    routes
        .open("GET", KEYS, call -> Answer.json(Json.array(bench.keys(), KeysApi::json)))
        .open("POST", KEYS, this::create)
        .open("POST", KEYS + "/{key}/plug", call -> act(call, KeyBench::plug, "plugged in"))
        .open("POST", KEYS + "/{key}/unplug", call -> act(call, KeyBench::unplug, "pulled out"))
        .open("POST", KEYS + "/{key}/touch", call -> act(call, KeyBench::touch, "touched"))
        .open("POST", KEYS + "/{key}/sign-in", this::signIn);
  }

  static ObjectNode json(Key key) {
    return Json.object()
        .put("id", key.id())
        .put("name", key.name())
        .put("description", key.description())
        .put("plugged", key.plugged())
        .put("waitsForTouch", key.waitsForTouch());
  }

  private Answer create(Call call) {
    String name = call.json().path("name").asText("").strip();
    if (name.isEmpty() || name.length() > 64) {
      throw OktaError.invalid("name", "Name the security key with 1 to 64 characters.");
    }
    Key key = done(() -> bench.create(name));
    activity.note("Security key " + key.name() + " was laid on the table.");
    return Answer.json(201, json(key));
  }

  private Answer act(Call call, BiConsumer<KeyBench, String> action, String what) {
    String id = call.parameter("key");
    done(
        () -> {
          action.accept(bench, id);
          return id;
        });
    activity.note("Security key " + name(id) + " was " + what + ".");
    return Answer.json(Json.array(bench.keys(), KeysApi::json));
  }

  private String name(String id) {
    return bench.keys().stream()
        .filter(key -> key.id().equals(id))
        .map(Key::name)
        .findFirst()
        .orElse(id);
  }

  private static <T> T done(java.util.function.Supplier<T> action) {
    try {
      return action.get();
    } catch (IllegalArgumentException e) {
      throw new OktaError(404, "E0000007", String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      throw new OktaError(409, "E0000038", String.valueOf(e.getMessage()));
    }
  }

  private Answer signIn(Call call) {
    JsonNode body = call.json();
    char[] pin = body.path("pin").asText("").toCharArray();
    char[] newPin = body.path("newPin").asText("").toCharArray();
    try (KeyConnection connection = done(() -> bench.open(call.parameter("key")))) {
      ObjectNode result = signIn(connection, body, new Pins(pin, newPin));
      return Answer.json(result.path("signedIn").asBoolean() ? 200 : 401, result);
    } finally {
      Arrays.fill(pin, '\0');
      Arrays.fill(newPin, '\0');
    }
  }

  /** What the owner types; the second is empty unless the key wants another PIN. */
  private record Pins(char[] present, char[] next) {}

  private ObjectNode signIn(KeyConnection connection, JsonNode body, Pins pins) {
    ObjectNode start = signIn.start(SignIn.login(body));
    try {
      char[] pin = pins.present();
      if (pins.next().length > 0) {
        changePin(connection, pins);
        pin = pins.next();
      }
      ObjectNode credential = browser.get(connection, start.path("publicKey"), pin);
      return signIn.finish(start.path("id").asText(), credential);
    } catch (NewPinWanted e) {
      return signIn.refused(String.valueOf(e.getMessage())).put("newPinWanted", true);
    } catch (BrowserException | PluginException e) {
      return signIn.refused(String.valueOf(e.getMessage()));
    }
  }

  /** A key that refuses the new PIN, the old one again for instance, still wants another. */
  private void changePin(KeyConnection connection, Pins pins) {
    try {
      browser.changePin(connection, pins.present(), pins.next());
    } catch (BrowserException e) {
      throw new NewPinWanted(String.valueOf(e.getMessage()));
    }
  }
}
