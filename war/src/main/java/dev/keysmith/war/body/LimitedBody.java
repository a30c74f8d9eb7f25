package dev.keysmith.war.body;

import dev.keysmith.war.problem.RequestRefused;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;

/**
 * A body that ends when it becomes too long or takes too long. Counts what arrives, for a sender
 * need not say how much that will be.
 *
 * <p>It looks at the clock between two reads; how long a read waits is a setting of the container.
 */
final class LimitedBody extends ServletInputStream {

  private final HttpServletRequest request;
  private final Clock clock;
  private final Instant ends;
  private int left;

  LimitedBody(HttpServletRequest request, BodyLimit allowance, Clock clock) {
    this.request = request;
    this.clock = clock;
    this.ends = clock.instant().plus(allowance.within());
    this.left = allowance.bytes();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (clock.instant().isAfter(ends)) {
      throw new RequestRefused(HttpServletResponse.SC_REQUEST_TIMEOUT);
    }
    int count = request.getInputStream().read(into, offset, length);
    left -= Math.max(count, 0);
    if (left < 0) {
      throw new RequestRefused(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
    }
    return count;
  }

  @Override
  public boolean isFinished() {
    return false;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setReadListener(ReadListener listener) {
    throw new IllegalStateException("Bodies are read by the thread that wants them");
  }
}
