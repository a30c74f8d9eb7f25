package dev.keysmith.core.mail;

import dev.keysmith.core.platform.Configuration;
import dev.keysmith.core.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.Address;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Locale;
import java.util.Properties;

/** Sends e-mail through the configured SMTP server ({@code keysmith.mail.*}). */
@ApplicationScoped
public class Mail {

  private static final Logger LOG = System.getLogger(Mail.class.getName());
  private static final String TIMEOUT = "30000";

  @Inject Configuration configuration;
  @Inject Clock clock;

  /** How the connection is protected. */
  private enum Security {
    /** Begins in clear and must become TLS before anything else (RFC 3207). */
    STARTTLS,
    /** TLS from the first byte (RFC 8314, section 3.3). */
    TLS,
    /** In clear: for a server on this machine or a protected network. */
    NONE
  }

  /** Whether a server is configured. */
  public boolean isConfigured() {
    return configuration.text("keysmith.mail.host").isPresent();
  }

  /**
   * Refuses what would need e-mail where none is configured.
   *
   * @throws ProblemException {@code CONFLICT}
   */
  public void requireConfigured() {
    if (!isConfigured()) {
      throw ProblemException.conflict(MailMessage.NOT_CONFIGURED);
    }
  }

  /**
   * Sends plain text to one person; blocks until the server has taken it.
   *
   * @throws ProblemException {@code INVALID} if this address will never be served; {@code
   *     UNAVAILABLE} for everything that may pass
   */
  public void send(String to, String subject, String text) {
    requireConfigured();
    try {
      Transport.send(message(to, subject, text));
    } catch (AddressException e) {
      throw refused();
    } catch (SendFailedException e) {
      throw isAboutTheAddress(e) ? refused() : unreachable(e);
    } catch (MessagingException e) {
      throw unreachable(e);
    }
  }

  private static boolean isAboutTheAddress(SendFailedException e) {
    Address[] invalid = e.getInvalidAddresses();
    return invalid != null && invalid.length > 0;
  }

  private MimeMessage message(String to, String subject, String text) throws MessagingException {
    MimeMessage message = new MimeMessage(session());
    message.setFrom(new InternetAddress(required("keysmith.mail.from"), true));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
    message.setSubject(subject, StandardCharsets.UTF_8.name());
    message.setText(text, StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(clock.instant()));
    // So that vacation notices do not answer (RFC 3834, section 5).
    message.setHeader("Auto-Submitted", "auto-generated");
    return message;
  }

  private Session session() {
    Security security = security();
    String protocol = security == Security.TLS ? "smtps" : "smtp";
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", protocol);
    String prefix = "mail." + protocol + ".";
    properties.setProperty(prefix + "host", required("keysmith.mail.host"));
    properties.setProperty(
        prefix + "port",
        configuration.text("keysmith.mail.port").orElse(security == Security.TLS ? "465" : "587"));
    properties.setProperty(prefix + "connectiontimeout", TIMEOUT);
    properties.setProperty(prefix + "timeout", TIMEOUT);
    properties.setProperty(prefix + "writetimeout", TIMEOUT);
    if (security != Security.NONE) {
      properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    }
    if (security == Security.STARTTLS) {
      properties.setProperty(prefix + "starttls.enable", "true");
      properties.setProperty(prefix + "starttls.required", "true");
    }
    return configuration
        .text("keysmith.mail.user")
        .map(user -> withLogin(properties, prefix, user))
        .orElseGet(() -> Session.getInstance(properties));
  }

  private Session withLogin(Properties properties, String prefix, String user) {
    properties.setProperty(prefix + "auth", "true");
    return Session.getInstance(
        properties,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(
                user, configuration.secret("keysmith.mail.password").orElse(""));
          }
        });
  }

  private Security security() {
    String chosen = configuration.text("keysmith.mail.security").orElse("STARTTLS");
    try {
      return Security.valueOf(chosen.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw ProblemException.unavailable(MailMessage.SECURITY, chosen);
    }
  }

  private String required(String key) {
    return configuration
        .text(key)
        .orElseThrow(() -> ProblemException.unavailable(MailMessage.CONFIGURATION, key));
  }

  private static ProblemException refused() {
    return ProblemException.invalid(MailMessage.ADDRESS_REFUSED);
  }

  /** What the server says may hold the address: it goes to the log only as a type. */
  private ProblemException unreachable(MessagingException e) {
    LOG.log(Level.INFO, "An e-mail could not be sent: {0}", cause(e));
    return ProblemException.unavailable(
        MailMessage.UNAVAILABLE, configuration.text("keysmith.mail.host").orElse(""), cause(e));
  }

  private static String cause(MessagingException e) {
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName();
  }
}
