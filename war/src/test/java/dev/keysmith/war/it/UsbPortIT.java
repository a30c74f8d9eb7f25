package dev.keysmith.war.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keysmith.testing.key.VirtualKey;
import dev.keysmith.testing.key.model.TouchPolicy;
import dev.keysmith.testing.usb.Fido2Tools;
import dev.keysmith.testing.usb.GuestProcess;
import dev.keysmith.testing.usb.InGuest;
import dev.keysmith.testing.usb.PluggedKey;
import dev.keysmith.testing.usb.Room;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The main job with nothing between server and key but USB: the server runs in a virtual machine,
 * and the key is a USB device there.
 */
@InGuest
class UsbPortIT {

  private static final String PIN = "482913";

  private final Room room;

  UsbPortIT(Room room) {
    this.room = room;
  }

  @Test
  void writesAPasskeyWithWhichLibfido2SignsIn() {
    VirtualKey key = VirtualKey.builder().touch(TouchPolicy.after(Duration.ofMillis(300))).build();
    try (GuestServer server = GuestServer.start(room);
        Scene scene = new Scene(server.administrator(), origin -> origin);
        GuestProcess wayToTheOrg = server.reaching(URI.create(scene.org().origin()).getPort());
        PluggedKey plugged = room.plug(key)) {
      scene.importAll();
      long passkeyId = scene.assign(1);

      JsonNode session = new Key.Session(scene.api(), begin(scene, shown(scene, key))).end();

      assertThat(session.required("state").asString()).as(session.toString()).isEqualTo("DONE");
      assertThat(scene.passkey(passkeyId).required("state").asString()).isEqualTo("ACTIVE");
      assertThat(scene.factors(1)).hasSize(1).allMatch(factor -> factor.isActive());
      assertThat(wayToTheOrg.isRunning()).isTrue();

      PluggedKey back = plugged.again();
      assertThatLibfido2Lists(key, back);
      assertThatLibfido2SignsIn(scene, back);
    }
  }

  /** The name by which the server's station calls the key; told without being asked again. */
  private static String shown(Scene scene, VirtualKey key) {
    JsonNode look =
        scene.api().follow("/api/station/events", now -> now.toString().contains(serial(key)));
    return look.required("keys").required(0).required("key").asString();
  }

  private static String serial(VirtualKey key) {
    return '"' + key.serialNumber() + '"';
  }

  private static String begin(Scene scene, String key) {
    Map<String, Object> wanted =
        Map.of("transport", "usb", "key", key, "userId", scene.userId(1), "pin", PIN);
    Api.Answer answer = scene.api().post("/api/key-sessions", wanted);
    assertThat(answer.status()).as(answer.http().body()).isEqualTo(202);
    return URI.create(answer.header("Location")).getPath();
  }

  private void assertThatLibfido2Lists(VirtualKey key, PluggedKey plugged) {
    Fido2Tools tools = new Fido2Tools(room.guest(), plugged.node());
    byte[] id = key.credentials().get(0).id().toArray();
    assertThat(tools.token("-L -r", PIN).output()).containsPattern("00: \\S+ localhost\n");
    assertThat(tools.token("-L -k localhost", PIN).output())
        .contains("00: " + Base64.getEncoder().encodeToString(id));
  }

  /** The org gives the challenge and judges the signature. */
  private void assertThatLibfido2SignsIn(Scene scene, PluggedKey plugged) {
    OrgSignIn signIn = OrgSignIn.start(scene.org().origin());
    JsonNode result =
        signIn.finish(
            new Fido2Tools(room.guest(), plugged.node())
                .sign(signIn.clientDataHash(), "localhost", "es256", PIN),
            plugged.key().credentials().get(0).id().toArray());

    assertThat(result.required("signedIn").asBoolean()).as(result.toString()).isTrue();
    assertThat(result.required("login").asString()).isEqualTo(scene.org().user(1).login());
    assertThat(result.required("userVerified").asBoolean()).isTrue();
  }
}
