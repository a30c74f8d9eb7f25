package dev.keysmith.spi.idp;

import dev.keysmith.spi.PluginException;
import dev.keysmith.spi.PluginException.Reason;
import java.util.List;
import java.util.Optional;

/**
 * One configured identity provider.
 *
 * <p>Thread-safe. Calls block; the server calls from threads that may wait, and holds no
 * transaction meanwhile. Each call ends within a minute. Every method may throw {@link
 * PluginException} with {@link Reason#UNAVAILABLE}, {@link Reason#RATE_LIMITED} or {@link
 * Reason#MISCONFIGURED}; what else it may throw is said there.
 *
 * <p>The server works at least once: after a crash or a lost answer it calls again. Hence {@link
 * #completeRegistration}, {@link #cancelRegistration} and {@link #removeFactor} are safe to repeat.
 */
public interface IdentityProvider extends AutoCloseable {

  /**
   * Checks address, credential and permissions.
   *
   * <p><b>IDP-1.</b> Changes nothing.
   *
   * @return one or two sentences that tell an administrator whom the credential belongs to and what
   *     was reached
   * @throws PluginException {@code MISCONFIGURED} with what is wrong and the remedy
   */
  String check();

  /**
   * A page of users, in a stable order.
   *
   * <p><b>IDP-2.</b> Following {@link Page#next()} until it is empty yields every user of the query
   * at least once, unless users change meanwhile. A cursor is valid for at least five minutes after
   * the page that named it. The same page has the same cursor each time, so that the server notices
   * a list that leads in a circle.
   *
   * @param query which users
   * @param cursor from the page before; empty for the first page
   * @return at most 1,000 users; may be empty and still have a next page
   * @throws PluginException {@code NOT_FOUND} if the group of the query does not exist; {@code
   *     EXPIRED} if the cursor is no longer valid: start again
   */
  Page<DirectoryUser> users(UserQuery query, Optional<String> cursor);

  /**
   * Finds groups whose name begins with a text.
   *
   * <p><b>IDP-3.</b> Ordered by name, case ignored in the search.
   *
   * @param search empty for all
   * @param limit 1 to 200
   * @return at most that many groups
   */
  List<DirectoryGroup> groups(String search, int limit);

  /**
   * Finds one group.
   *
   * @param groupId from {@link DirectoryGroup#id()}
   * @return empty if there is none with this id
   */
  Optional<DirectoryGroup> findGroup(String groupId);

  /**
   * Finds one user.
   *
   * <p><b>IDP-4.</b> Finds by {@link DirectoryUser#id()} and by {@link DirectoryUser#login()}.
   *
   * @param idOrLogin 1 to 255 characters
   * @return empty if there is none
   * @throws PluginException {@code REJECTED} if the provider refuses to show this user, while it
   *     would show others: an import from a list notes it for the user and goes on
   */
  Optional<DirectoryUser> findUser(String idOrLogin);

  /**
   * Begins the registration of a passkey on behalf of a user.
   *
   * <p><b>IDP-5.</b> Leaves a pending factor that {@link #listFactors} shows. A call that fails
   * with {@code UNAVAILABLE} or {@code TIMED_OUT} may have left one too; the server finds it by
   * comparing lists from before and after, and removes it. A call that fails with {@code
   * RATE_LIMITED} promises that nothing was begun: the server looks for nothing and calls again.
   * The provider sends the request once and never repeats it by itself.
   *
   * <p>The user handle among the creation options is the same each time for the same user: by it
   * the server and the key tell a user's second passkey from another user's first one.
   *
   * @param userId from {@link DirectoryUser#id()}
   * @return what to ask of the key, and the ticket to answer with
   * @throws PluginException {@code NOT_FOUND} if there is no such user; {@code REJECTED} if the
   *     provider allows this user no (further) passkey, with its reason
   */
  PendingRegistration beginRegistration(String userId);

  /**
   * Hands in what the security key made, and activates the factor.
   *
   * <p><b>IDP-6.</b> Safe to repeat: if the factor of the ticket is active with this credential
   * already, it is returned.
   *
   * @param ticket from {@link PendingRegistration#ticket()}
   * @param response for the creation options that came with the ticket
   * @return the factor, with status {@link Factor.Status#ACTIVE}
   * @throws PluginException {@code EXPIRED} if the ticket is no longer valid; {@code REJECTED} if
   *     the provider does not accept the response, with its reason; {@code TIMED_OUT} if no answer
   *     came: it may have taken effect
   */
  Factor completeRegistration(RegistrationTicket ticket, AuthenticatorAttestationResponse response);

  /**
   * Gives a pending registration up.
   *
   * <p><b>IDP-7.</b> Safe to repeat: does nothing if the pending factor is gone. Never removes an
   * active factor.
   *
   * @param ticket from {@link PendingRegistration#ticket()}
   */
  void cancelRegistration(RegistrationTicket ticket);

  /**
   * Lists the WebAuthn factors of a user, pending ones included.
   *
   * <p><b>IDP-8.</b> Always read from the provider, never from a cache.
   *
   * @param userId from {@link DirectoryUser#id()}
   * @return all of them, in any order
   * @throws PluginException {@code NOT_FOUND} if there is no such user
   */
  List<Factor> listFactors(String userId);

  /**
   * Removes a WebAuthn factor of a user, pending or active.
   *
   * <p><b>IDP-9.</b> Safe to repeat: does nothing if user or factor are gone. The factors of a user
   * who has been deactivated ({@link DirectoryUser.Status#LEFT}) count as gone, even where the
   * provider keeps them: they no longer allow a sign-in.
   *
   * @param userId from {@link DirectoryUser#id()}
   * @param factorId from {@link Factor#id()}
   */
  void removeFactor(String userId, String factorId);

  /**
   * Asks for an optional ability of this provider.
   *
   * <p><b>IDP-10.</b> Abilities are interfaces of this package. In this version there are none yet,
   * so the server does not ask.
   *
   * @param <T> the ability
   * @param type its interface
   * @return empty if the provider does not have it
   */
  default <T> Optional<T> ability(Class<T> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
  }

  /**
   * Frees connections and erases credentials from memory. A repeat does nothing.
   *
   * <p>May meet calls in flight on other threads: each of them succeeds or ends with {@code
   * UNAVAILABLE}, within its minute. So does a call that comes later. The server closes when the
   * settings have changed, some minutes after, and when it stops.
   */
  @Override
  void close();
}
