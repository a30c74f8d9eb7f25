package dev.keysmith.war.web;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses request bodies that are larger than any honest one: 256 KiB, or 16 MiB of CSV. */
@Provider
public class BodyLimit implements ContainerRequestFilter {

  static final int OTHERS = 256 * 1024;
  static final int CSV = 16 * 1024 * 1024;

  @Override
  public void filter(ContainerRequestContext request) {
    int limit = isCsv(request.getMediaType()) ? CSV : OTHERS;
    if (request.getLength() > limit) {
      throw tooLarge();
    }
    request.setEntityStream(new Limited(request.getEntityStream(), limit));
  }

  private static boolean isCsv(MediaType type) {
    return type != null && type.isCompatible(MediaType.valueOf("text/csv"));
  }

  private static ClientErrorException tooLarge() {
    return new ClientErrorException(Status.REQUEST_ENTITY_TOO_LARGE);
  }

  /** Counts what a sender without a Content-Length sends. */
  static final class Limited extends FilterInputStream {

    private int left;

    Limited(InputStream in, int limit) {
      super(in);
      left = limit;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw tooLarge();
      }
    }
  }
}
