package dev.keysmith.station.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.upokecenter.cbor.CBORObject;
import dev.keysmith.station.fake.FakeServer;
import dev.keysmith.station.home.Home;
import dev.keysmith.station.home.Pairing;
import dev.keysmith.station.home.Settings;
import dev.keysmith.station.home.StationKey;
import dev.keysmith.station.link.Proofs;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairingCallTest {

  private final FakeServer server = FakeServer.start();
  private final KeyPair keys = StationKey.generate();
  private PairingCall call;

  @BeforeEach
  void client(@TempDir Path directory) {
    Home home = new Home(directory);
    call = new PairingCall(new ServerClient(home, Settings.load(home)), server.address());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void handsThePublicKeyInWithAProof() throws Exception {
    Pairing pairing = call.pair("abcd-efgh", keys);
    assertThat(pairing.station()).isEqualTo(51);
    assertThat(pairing.name()).isEqualTo("Reception");
    CBORObject body = CBORObject.FromJSONString(server.pairings().get(0));
    byte[] publicKey = Base64.getDecoder().decode(body.get("publicKey").AsString());
    assertThat(publicKey).isEqualTo(keys.getPublic().getEncoded());
    byte[] statement =
        Proofs.pairing(server.address().origin(), "ABCDEFGH".toCharArray(), publicKey);
    assertThat(
            Proofs.isValid(
                publicKey, statement, Base64.getDecoder().decode(body.get("proof").AsString())))
        .isTrue();
    assertThat(body.get("system").AsString()).contains(System.getProperty("os.arch"));
  }

  @Test
  void neverSendsThePrivateKey() throws Exception {
    call.pair("ABCD-EFGH", keys);
    String encoded = Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
    String seed = encoded.substring(encoded.length() - 40);
    assertThat(server.pairings().get(0)).doesNotContain(seed);
  }

  @Test
  void saysWhyTheServerRefuses() {
    server.answerPairings(404, "{\"code\":\"x\",\"detail\":\"The code is not known.\"}");
    assertThatExceptionOfType(PairingRefusedException.class)
        .isThrownBy(() -> call.pair("ABCD-EFGH", keys))
        .withMessage("The code is not known.");
  }

  @Test
  void somethingElseAtTheAddressIsToldSo() {
    for (String answer :
        new String[] {"<html>", "[]", "{}", "{\"station\":\"x\",\"name\":1}", ""}) {
      server.answerPairings(201, answer);
      assertThatExceptionOfType(UnreachableException.class)
          .isThrownBy(() -> call.pair("ABCD-EFGH", keys))
          .withMessageContaining("Check the address");
    }
  }
}
