package dev.keysmith.war.body;

import dev.keysmith.core.access.AttemptSources;
import dev.keysmith.war.body.BodySlots.Share;
import dev.keysmith.war.problem.KnownProblems;
import dev.keysmith.war.problem.Problem;
import dev.keysmith.war.problem.ProblemWriter;
import dev.keysmith.war.problem.RequestRefused;
import dev.keysmith.war.text.Texts;
import dev.keysmith.war.web.ApiPath;
import dev.keysmith.war.web.TrustedProxies;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;

/**
 * Lets a body in as a whole, before anything else sees the request, or not at all: within a length,
 * a time and a number of bodies at once. So no page, resource or servlet can forget a bound, and
 * none waits for a sender while it holds a lock, a transaction or much memory.
 */
@WebFilter(
    urlPatterns = "/*",
    asyncSupported = true,
    dispatcherTypes = {DispatcherType.REQUEST, DispatcherType.ERROR})
public class BodyGate extends HttpFilter {

  private static final long serialVersionUID = 1L;
  private static final Set<String> WITHOUT = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final String ARRIVED = BodyGate.class.getName();
  private static final int BUSY = HttpServletResponse.SC_SERVICE_UNAVAILABLE;

  @Inject transient BodySlots arrivals;
  @Inject transient TrustedProxies proxies;
  @Inject transient Clock clock;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request.getDispatcherType() == DispatcherType.ERROR) {
      tell(request, response, chain);
    } else if (mayHaveBody(request)) {
      admit(request, response, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private static boolean mayHaveBody(HttpServletRequest request) {
    boolean framed = request.getHeader("Transfer-Encoding") != null;
    long length = request.getContentLengthLong();
    // HTTP/2 needs no header to send a body.
    return framed || length > 0 || (length < 0 && !WITHOUT.contains(request.getMethod()));
  }

  /**
   * The page of an error is for requests whose body is here, or that have none: the connection of
   * others ends with a line of text.
   */
  private static void tell(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (mayHaveBody(request) && request.getAttribute(ARRIVED) == null) {
      refuse(request, response, response.getStatus());
    } else {
      chain.doFilter(request, response);
    }
  }

  private void admit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    BodyLimit allowance = BodyLimit.of(request);
    LimitedBody body = new LimitedBody(request, allowance, clock);
    try {
      if (request.getContentLengthLong() > allowance.bytes()) {
        throw new RequestRefused(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
      }
      switch (allowance.kind()) {
        case LIST -> stream(request, response, chain, body);
        case FORM -> receiveForm(request, response, chain, body);
        case DATA -> receive(request, response, chain, body);
      }
    } catch (RequestRefused e) {
      refuse(request, response, e.status());
    }
  }

  private void receiveForm(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, LimitedBody body)
      throws IOException, ServletException {
    if (!MediaTypes.is(request.getContentType(), MediaTypes.FORM)) {
      throw new RequestRefused(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
    }
    byte[] content = inTurn(request, body);
    request.setAttribute(ARRIVED, true);
    chain.doFilter(form(request, content), response);
  }

  private static HttpServletRequest form(HttpServletRequest request, byte[] content) {
    try {
      return new ReceivedForm(request, FormFields.read(request, content));
    } catch (IllegalArgumentException e) {
      throw new RequestRefused(HttpServletResponse.SC_BAD_REQUEST);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  /** A list is read by its resource, after the roles were checked; until then it waits outside. */
  private void stream(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, LimitedBody body)
      throws IOException, ServletException {
    String sender = sender(request);
    if (!arrivals.begin(Share.LISTS, sender)) {
      throw new RequestRefused(BUSY);
    }
    try {
      chain.doFilter(
          new HttpServletRequestWrapper(request) {
            @Override
            public LimitedBody getInputStream() {
              return body;
            }
          },
          response);
    } finally {
      arrivals.end(Share.LISTS, sender);
    }
  }

  private void receive(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain, LimitedBody body)
      throws IOException, ServletException {
    byte[] content = inTurn(request, body);
    request.setAttribute(ARRIVED, true);
    try {
      chain.doFilter(new BufferedRequest(request, content), response);
    } finally {
      Arrays.fill(content, (byte) 0);
    }
  }

  private byte[] inTurn(HttpServletRequest request, LimitedBody body) {
    Share share = request.getUserPrincipal() == null ? Share.STRANGERS : Share.KNOWN;
    String sender = sender(request);
    if (!arrivals.begin(share, sender)) {
      throw new RequestRefused(BUSY);
    }
    try {
      return body.readAllBytes();
    } catch (IOException | IllegalStateException e) {
      // The sender went away, or sent nothing for as long as the container waits.
      throw new RequestRefused(HttpServletResponse.SC_REQUEST_TIMEOUT);
    } finally {
      arrivals.end(share, sender);
    }
  }

  private String sender(HttpServletRequest request) {
    return request.getUserPrincipal() == null
        ? AttemptSources.of(proxies.caller(request))
        : request.getUserPrincipal().getName();
  }

  /** Without reading what is still to come, so the connection ends. */
  private static void refuse(HttpServletRequest request, HttpServletResponse response, int status)
      throws IOException {
    response.setHeader("Connection", "close");
    if (status == BUSY) {
      response.setHeader("Retry-After", "1");
    }
    boolean data = ApiPath.matches(request) || request.getServletPath().startsWith("/login/");
    Problem problem = KnownProblems.ofStatus(status, Texts.of(request));
    if (data) {
      ProblemWriter.write(response, problem);
    } else {
      response.setStatus(status);
      response.setContentType("text/plain;charset=UTF-8");
      response.getWriter().write(problem.detail());
    }
  }
}
