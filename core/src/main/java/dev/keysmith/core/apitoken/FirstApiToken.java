package dev.keysmith.core.apitoken;

import dev.keysmith.core.access.Role;
import dev.keysmith.core.audit.Actor;
import dev.keysmith.core.platform.Configuration;
import dev.keysmith.core.platform.OwnerOnly;
import dev.keysmith.core.server.ServerStarted;
import dev.keysmith.spi.Text;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The way in: sees to it, at each start, that there is an administrator token in use.
 *
 * <p>Its text is in the file {@code first-api-token} beside the database, which only the account of
 * the server may read. Read access to that directory is control of the server anyway, so the file
 * gives nothing away; it goes as soon as an administrator has created a token for a person. The
 * token itself expires after seven days.
 */
@ApplicationScoped
public class FirstApiToken {

  static final String LABEL = "first-api-token";

  /** It is for the first steps; a start of the server makes another one if none is left. */
  static final Duration LIFETIME = Duration.ofDays(7);

  private static final int LABEL_LENGTH = 64;

  private static final Logger LOG = System.getLogger(FirstApiToken.class.getName());

  @Inject ApiTokens tokens;
  @Inject Configuration configuration;
  @Inject Clock clock;

  void onStart(@Observes ServerStarted started) {
    issueIfNeeded();
  }

  /** Issues the first token, or another one if its text is lost. */
  void issueIfNeeded() {
    Instant now = clock.instant();
    List<ApiToken> usable = tokens.usableAdministrators(now);
    List<ApiToken> own = usable.stream().filter(token -> token.label().equals(label())).toList();
    if (usable.stream().anyMatch(token -> !isFirst(token))) {
      removeFile();
      own.stream().filter(FirstApiToken::isForEver).forEach(this::revoke);
      return;
    }
    if (!own.isEmpty()
        && own.stream().noneMatch(FirstApiToken::isForEver)
        && Files.exists(file())) {
      return;
    }
    IssuedApiToken issued =
        tokens.create(
            Actor.system(), new NewApiToken(label(), Role.ADMINISTRATOR, now.plus(LIFETIME)));
    write(issued.text());
    own.forEach(this::revoke);
    LOG.log(Level.INFO, "The first API token, for an administrator, is in the file {0}", file());
  }

  /** Earlier versions made tokens without an end. */
  private static boolean isForEver(ApiToken token) {
    return token.expires().isEmpty();
  }

  private void revoke(ApiToken token) {
    tokens.revoke(Actor.system(), token.id());
  }

  /** The file goes when it is no longer the only way in. */
  void onCreated(@Observes ApiTokenCreated created) {
    ApiToken token = tokens.get(created.tokenId());
    if (token.role() == Role.ADMINISTRATOR && !isFirst(token)) {
      removeFile();
    }
  }

  private void removeFile() {
    try {
      Files.deleteIfExists(file());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Remove the file " + file() + ": it is not needed any more", e);
    }
  }

  /** Each node has one of its own, as each has a file of its own that the token is in. */
  private String label() {
    String node = configuration.node();
    String label = node.equals(Configuration.ONLY_NODE) ? LABEL : LABEL + " of " + node;
    return Text.cut(label, LABEL_LENGTH);
  }

  private Path file() {
    return configuration.data().resolve(LABEL);
  }

  private static boolean isFirst(ApiToken token) {
    return token.createdBy().equals(Actor.system().name()) && token.label().startsWith(LABEL);
  }

  private void write(char[] text) {
    ByteBuffer bytes = StandardCharsets.US_ASCII.encode(CharBuffer.wrap(text));
    byte[] exact = Arrays.copyOf(bytes.array(), bytes.limit());
    try {
      OwnerOnly.write(file(), exact);
    } finally {
      Arrays.fill(text, '\0');
      Arrays.fill(bytes.array(), (byte) 0);
      Arrays.fill(exact, (byte) 0);
    }
  }
}
