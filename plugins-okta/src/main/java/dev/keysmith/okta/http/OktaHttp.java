package dev.keysmith.okta.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.okta.sdk.cache.Caches;
import com.okta.sdk.resource.client.ApiClient;
import com.okta.sdk.resource.client.ApiException;
import com.okta.sdk.resource.client.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/**
 * The Okta SDK's client, reduced to one exchange: no cache, no retries, no settings from outside.
 *
 * <p>Thread-safe: what the SDK keeps per thread or per client (headers of the last answer, API key)
 * is not used.
 */
public final class OktaHttp extends ApiClient implements AutoCloseable {

  /** Two hundred users with generous profiles are some two megabytes. */
  private static final int LARGEST_ANSWER = 32 * 1024 * 1024;

  /** A list, because the SDK looks into its cache for every other type. */
  private static final TypeReference<List<Answer>> ANSWER = new TypeReference<>() {};

  private static final String JSON = "application/json";

  public OktaHttp(CloseableHttpClient connections, Org org) {
    super(connections, Caches.newDisabledCacheManager());
    setBasePath(org.origin());
    setUserAgent("Keysmith okta-sdk-java/24.0.0 java/" + Runtime.version().feature());
  }

  /** Sends a request once, with these headers and its own. */
  Answer send(Request request, Map<String, String> headers) throws IOException {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(request.headers());
    return invoke(request, all, Map.of(), JSON);
  }

  /** Sends a form, as OAuth has it. */
  public Answer sendForm(String path, Map<String, String> fields) throws IOException {
    Request request = new Request("", Request.Method.POST, path, Map.of(), Map.of(), null);
    return invoke(request, new HashMap<>(), fields, "application/x-www-form-urlencoded");
  }

  private Answer invoke(
      Request request, Map<String, String> headers, Map<String, String> form, String contentType)
      throws IOException {
    List<Pair> query = new ArrayList<>();
    request.query().forEach((name, value) -> query.addAll(parameterToPair(name, value)));
    try {
      return invokeAPI(
              request.path(),
              request.method().name(),
              query,
              List.of(),
              "",
              request.body(),
              headers,
              Map.of(),
              new HashMap<>(form),
              JSON,
              contentType,
              new String[0],
              ANSWER)
          .get(0);
    } catch (ApiException e) {
      throw e.getCause() instanceof IOException cause
          ? cause
          : new IOException("The request could not be sent");
    }
  }

  /** Takes an answer as it is; the SDK's own way loses headers, unknown fields and odd lists. */
  @Override
  protected <T> T processResponse(CloseableHttpResponse response, TypeReference<T> type)
      throws IOException {
    HttpEntity entity = response.getEntity();
    byte[] body = entity == null ? new byte[0] : EntityUtils.toByteArray(entity, LARGEST_ANSWER);
    Map<String, List<String>> headers = new TreeMap<>();
    for (Header header : response.getHeaders()) {
      String name = header.getName().toLowerCase(Locale.ROOT);
      headers.computeIfAbsent(name, unused -> new ArrayList<>()).add(header.getValue());
    }
    @SuppressWarnings("unchecked") // ANSWER is the only type ever asked for.
    T answers = (T) List.of(new Answer(response.getCode(), headers, parse(body)));
    return answers;
  }

  private Json parse(byte[] body) throws IOException {
    try {
      return body.length == 0 ? Json.NOTHING : new Json(getObjectMapper().readTree(body));
    } catch (JsonProcessingException e) {
      return Json.NOTHING;
    }
  }

  @Override
  public void close() {
    try {
      getHttpClient().close();
    } catch (IOException e) {
      // Nothing is lost with a connection that does not close in order.
    }
  }
}
