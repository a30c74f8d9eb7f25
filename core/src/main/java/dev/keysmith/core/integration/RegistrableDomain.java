package dev.keysmith.core.integration;

import com.google.common.net.InternetDomainName;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which domains a single party can own, by the public suffix list. */
final class RegistrableDomain {

  private static final int LONGEST = 253;
  private static final Pattern LABEL = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

  private RegistrableDomain() {}

  /**
   * Whether it is a domain in the form in which browsers compare them: ASCII, in lower case,
   * without a dot at the end. An IP address is none (URL Standard, section 3.5: a name whose last
   * label is a number is read as one).
   */
  static boolean isDomain(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return false;
    }
    String[] labels = text.split("\\.", -1);
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return !NUMBER.matcher(labels[labels.length - 1]).matches();
  }

  /** HTML, section 7.1.1.2: whether a domain is above a host and below its public suffix. */
  static boolean isSuffix(String domain, String host) {
    return host.endsWith("." + domain)
        && !isPublicSuffix(domain)
        && !publicSuffix(host).endsWith("." + domain);
  }

  /** Whether different parties have names below it, such as {@code co.uk} or {@code github.io}. */
  static boolean isPublicSuffix(String domain) {
    return publicSuffix(domain).equals(domain);
  }

  /** Of a domain that no rule of the list names, the last label counts (rule {@code *}). */
  private static String publicSuffix(String domain) {
    @Nullable InternetDomainName suffix = InternetDomainName.from(domain).publicSuffix();
    return suffix == null ? domain.substring(domain.lastIndexOf('.') + 1) : suffix.toString();
  }
}
