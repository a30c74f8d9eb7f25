package dev.keysmith.station.server;

import com.upokecenter.cbor.CBORException;
import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import dev.keysmith.spi.Text;
import dev.keysmith.station.home.Pairing;
import dev.keysmith.station.home.ServerAddress;
import dev.keysmith.station.link.Proofs;
import dev.keysmith.station.platform.Program;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.util.Base64;
import java.util.Locale;

/** Pairs this station: hands a new public key to the server, which pins it. */
public final class PairingCall {

  private static final int CREATED = 201;
  private static final int FIRST_CLIENT_ERROR = 400;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final int LONGEST_DETAIL = 500;

  private final HttpClient client;
  private final ServerAddress server;

  /** To a server. */
  public PairingCall(ServerClient client, ServerAddress server) {
    this.client = client.http();
    this.server = server;
  }

  /**
   * Pairs.
   *
   * @param code as people typed it
   * @param keys of this station, from now on
   * @throws PairingRefusedException if the server says no
   * @throws UnreachableException if it does not say anything that can be understood
   */
  public Pairing pair(String code, KeyPair keys) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.pairing())
            .timeout(ServerClient.TIME)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, application/problem+json")
            .POST(HttpRequest.BodyPublishers.ofString(body(code, keys)))
            .build();
    HttpResponse<String> response;
    try {
      response = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UnreachableException(
          "%s does not answer: %s Run \"keysmith-station doctor\" to find out why."
              .formatted(server, Faults.inWords(e)),
          e);
    }
    return pairing(response, keys);
  }

  private String body(String code, KeyPair keys) {
    byte[] publicKey = keys.getPublic().getEncoded();
    char[] plain = code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT).toCharArray();
    byte[] statement = Proofs.pairing(server.origin(), plain, publicKey);
    return CBORObject.NewMap()
        .Add("code", code)
        .Add("publicKey", base64(publicKey))
        .Add("proof", base64(Proofs.sign(keys.getPrivate(), statement)))
        .Add("program", Program.version())
        .Add("system", Program.system())
        .ToJSONString();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private Pairing pairing(HttpResponse<String> response, KeyPair keys) {
    int status = response.statusCode();
    if (status == Faults.PROXY_ASKS) {
      throw new UnreachableException(Faults.PROXY_ASKS_WORDS);
    }
    try {
      CBORObject json = CBORObject.FromJSONString(response.body());
      if (status == CREATED) {
        return new Pairing(
            server,
            member(json, "station", CBORType.Integer).AsInt64Value(),
            member(json, "name", CBORType.TextString).AsString(),
            keys.getPrivate());
      }
      if (status >= FIRST_CLIENT_ERROR && status < FIRST_SERVER_ERROR) {
        String detail = member(json, "detail", CBORType.TextString).AsString();
        throw new PairingRefusedException(Text.shorten(detail, LONGEST_DETAIL));
      }
    } catch (CBORException | ArithmeticException e) {
      // Something else than the server answers, for instance a proxy; told below.
    }
    throw new UnreachableException(
        "%s answered with HTTP status %d, not as a Keysmith server does. Check the address."
            .formatted(server, status));
  }

  private static CBORObject member(CBORObject json, String name, CBORType type) {
    CBORObject member = json.getType() == CBORType.Map ? json.get(name) : null;
    if (member == null || member.getType() != type) {
      throw new CBORException(name);
    }
    return member;
  }
}
