package dev.keysmith.station.link;

/**
 * A version of the protocol between station and server.
 *
 * @param major differs where the two cannot understand each other
 * @param minor grows with each frame or member that is added; the older side ignores what it does
 *     not know
 */
public record LinkVersion(int major, int minor) implements Comparable<LinkVersion> {

  /** The version that this code speaks. */
  public static final LinkVersion CURRENT = new LinkVersion(1, 0);

  /** Versions further apart than this were never tested together. */
  private static final int MOST_APART = 1;

  /** Whether this code works with the other side. */
  public boolean worksWith(LinkVersion other) {
    return major == other.major && Math.abs(minor - other.minor) <= MOST_APART;
  }

  @Override
  public int compareTo(LinkVersion other) {
    return major == other.major
        ? Integer.compare(minor, other.minor)
        : Integer.compare(major, other.major);
  }

  /** For instance {@code 1.0}. */
  @Override
  public String toString() {
    return major + "." + minor;
  }
}
