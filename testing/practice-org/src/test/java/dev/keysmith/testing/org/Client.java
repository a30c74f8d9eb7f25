package dev.keysmith.testing.org;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Optional;

/** Calls a practice org as anybody would. */
public final class Client {

  public record Reply(int status, JsonNode body, HttpResponse<String> response) {

    public String errorCode() {
      return body.path("errorCode").asText();
    }

    public String cause() {
      return body.path("errorCauses").path(0).path("errorSummary").asText();
    }

    public Optional<String> next() {
      return response.headers().allValues("Link").stream()
          .filter(link -> link.endsWith("rel=\"next\""))
          .map(link -> link.substring(1, link.indexOf('>')))
          .findFirst();
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String origin;
  private final String authorization;

  public Client(PracticeOrg org, String authorization) {
    this.origin = org.origin();
    this.authorization = authorization;
  }

  public Reply get(String path) {
    return send("GET", path, "");
  }

  public Reply post(String path, String body) {
    return send("POST", path, body);
  }

  public Reply delete(String path) {
    return send("DELETE", path, "");
  }

  public Reply send(String method, String path, String body) {
    try {
      return exchange(method, path, body);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Reply exchange(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : origin + path))
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    boolean json =
        response.headers().firstValue("Content-Type").orElse("").contains("json")
            && !response.body().isEmpty();
    JsonNode tree = json ? MAPPER.readTree(response.body()) : MAPPER.getNodeFactory().objectNode();
    return new Reply(response.statusCode(), tree, response);
  }

  public Reply enrol(String user) {
    return post(
        "/api/v1/users/" + user + "/factors",
        "{\"factorType\":\"webauthn\",\"provider\":\"FIDO\"}");
  }

  /** A credential set to answer the options of a factor just enrolled. */
  SoftCredential credentialFor(Reply enrolled) {
    SoftCredential credential = new SoftCredential();
    credential.challenge = enrolled.body().at("/_embedded/activation/challenge").asText();
    credential.origin = origin;
    return credential;
  }

  public Reply activate(Reply enrolled, SoftCredential credential) throws Exception {
    return activate(enrolled, credential, Base64.getEncoder());
  }

  public Reply activate(Reply enrolled, SoftCredential credential, Base64.Encoder encoder)
      throws Exception {
    String body =
        "{\"attestation\":\""
            + encoder.encodeToString(credential.attestation())
            + "\",\"clientData\":\""
            + encoder.encodeToString(credential.clientData())
            + "\"}";
    return post(enrolled.body().at("/_links/activate/href").asText(), body);
  }
}
