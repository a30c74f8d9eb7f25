package dev.keysmith.okta.http;

import dev.keysmith.spi.PluginException.Reason;
import java.util.Optional;

/**
 * The errors of Okta's public list that the calls made here can come to: the reason, which says
 * whether and when it is tried again, and advice.
 */
enum ErrorCode {
  E0000001(Reason.REJECTED, "Okta's causes say which condition is not met."),
  E0000002(Reason.REJECTED, "Okta's sentence says which value it does not take."),
  E0000003(
      Reason.REJECTED,
      "What Okta received was cut or altered: check the proxy between this server and Okta."),
  E0000004(Reason.MISCONFIGURED, "Okta does not accept the credential."),
  E0000005(Reason.MISCONFIGURED, "Okta takes the credential for that of an ended session."),
  E0000006(
      Reason.MISCONFIGURED,
      "The credential may not do this: give the owner of the API token, or the service app, a"
          + " role that may view users and groups and manage users' authenticators (for a service"
          + " app also the scopes okta.users.manage and okta.groups.read)."),
  E0000007(Reason.NOT_FOUND, "It does not exist in this org (any more)."),
  E0000008(
      Reason.MISCONFIGURED,
      "The org has no such address in its API: check the origin, and that the org was not"
          + " deactivated."),
  E0000009(Reason.UNAVAILABLE, "The fault is Okta's. Try again later; see status.okta.com."),
  E0000010(
      Reason.UNAVAILABLE,
      "Okta changes nothing while it is maintained. Try again in some minutes."),
  E0000011(Reason.MISCONFIGURED, "The credential is not, or no longer, valid."),
  E0000012(
      Reason.MISCONFIGURED,
      "Okta did not get JSON: check whether a proxy in between alters the header Content-Type."),
  E0000013(
      Reason.MISCONFIGURED, "The client ID is not one of this org: copy it from the app again."),
  E0000014(
      Reason.REJECTED,
      "The user's credentials are kept by another directory: change the user's source there or in"
          + " Okta's console."),
  E0000015(
      Reason.MISCONFIGURED,
      "This org does not offer it: it runs Okta Classic Engine, lacks the feature, or the"
          + " credential may not use it."),
  E0000018(
      Reason.MISCONFIGURED,
      "Headers are missing in what Okta received: check whether a proxy in between drops Accept or"
          + " Content-Type."),
  E0000019(
      Reason.MISCONFIGURED,
      "Okta cannot answer in the form asked for: check whether a proxy in between alters Accept."),
  E0000020(Reason.REJECTED, "Okta does not say what it dislikes; its system log may."),
  E0000021(
      Reason.MISCONFIGURED,
      "Okta did not get a form that it takes: check whether a proxy in between alters headers."),
  E0000022(
      Reason.REJECTED,
      "Okta cannot be asked with this name in an address. Use the user's ID in place of the login."),
  E0000026(
      Reason.MISCONFIGURED,
      "Okta has withdrawn this address of its API: install a newer Keysmith."),
  E0000028(
      Reason.REJECTED,
      "A parameter did not arrive: check whether a proxy in between cuts queries."),
  E0000029(Reason.EXPIRED, "The position in the list is no longer valid: start the list again."),
  E0000030(Reason.REJECTED, "Okta does not take the time asked for: check this server's clock."),
  E0000031(
      Reason.REJECTED,
      "Okta cannot search for this name. Use the user's ID in place of the login."),
  E0000037(
      Reason.REJECTED, "A value has a type that Okta does not expect: install a newer Keysmith."),
  E0000038(
      Reason.REJECTED,
      "Okta does not allow it in the user's present status: activate, unsuspend or unlock the user"
          + " there."),
  E0000047(Reason.RATE_LIMITED, "The rate limit is used up; it is tried again when it opens."),
  E0000048(Reason.NOT_FOUND, "Okta does not find what is named (any more)."),
  E0000052(Reason.MISCONFIGURED, "This org does not have this part of the API."),
  E0000057(
      Reason.MISCONFIGURED,
      "A policy denies it: let the sign-on policy of the org admit the credential's owner."),
  E0000058(
      Reason.MISCONFIGURED,
      "A policy wants a second factor, which a server has none of: exempt the credential's owner."),
  E0000060(Reason.MISCONFIGURED, "This org does not support the operation."),
  E0000063(
      Reason.REJECTED, "Okta does not take these parameters together: install a newer Keysmith."),
  E0000064(
      Reason.MISCONFIGURED,
      "The password of the credential's owner has expired: sign in to Okta as that administrator"
          + " and change it."),
  E0000067(
      Reason.UNAVAILABLE, "Okta's service for factors did not answer in time. Try again later."),
  E0000068(
      Reason.REJECTED,
      "Okta did not accept what the security key made: the challenge was too old, the origin is not"
          + " the one where users sign in, or the org does not allow this model of key."),
  E0000069(
      Reason.REJECTED,
      "The user is locked out: unlock the user in Okta's console, then try again."),
  E0000074(
      Reason.REJECTED,
      "Okta's service for factors refused: check the settings of the authenticator \"Passkey (FIDO2"
          + " WebAuthn)\"."),
  E0000079(
      Reason.REJECTED,
      "The factor is not in the state for this step: begin the registration again."),
  E0000083(Reason.EXPIRED, "The challenge was too old: begin the registration again."),
  E0000085(
      Reason.MISCONFIGURED,
      "Okta does not let the credential's owner in: look at the owner's status, the org's sign-on"
          + " policy, the network zone of this server, and whether the org was deactivated."),
  E0000092(
      Reason.MISCONFIGURED,
      "A policy wants the credential's owner to sign in again, which a server cannot: exempt them."),
  E0000094(Reason.REJECTED, "Okta does not take this filter: install a newer Keysmith."),
  E0000100(Reason.UNAVAILABLE, "Okta's search does not work at the moment. Try again later."),
  E0000107(
      Reason.REJECTED, "The factor has changed its state meanwhile: begin the registration again."),
  E0000111(
      Reason.REJECTED, "Okta keeps it read-only: look in its console which system manages it."),
  E0000112(
      Reason.RATE_LIMITED,
      "Okta is still activating the user. It is tried again by itself in some minutes."),
  E0000113(
      Reason.REJECTED,
      "Okta wants one more step of the user: reset the user's authenticators there."),
  E0000117(Reason.REJECTED, "The user is not active: activate the user in Okta's console."),
  E0000119(Reason.REJECTED, "The account is locked: unlock it in Okta's console, then try again."),
  E0000122(
      Reason.MISCONFIGURED,
      "Okta was not asked for JSON: check whether a proxy in between replaces the header Accept."),
  E0000145(
      Reason.REJECTED,
      "Profiles of some users no longer fit the schema: correct the attribute in Okta's profile"
          + " editor, or import without \"changed since\"."),
  E0000149(
      Reason.MISCONFIGURED,
      "Okta does not take the request as it arrived: check what a proxy in between changes."),
  E0000154(Reason.NOT_FOUND, "The factor is gone, or not active any more."),
  E0000155(
      Reason.REJECTED,
      "The user is suspended, or not active for another reason: activate or unsuspend the user."),
  E0000156(Reason.NOT_FOUND, "The user was deleted in Okta, or never existed there."),
  E0000158(
      Reason.REJECTED,
      "The org wants user verification: set a PIN on the security key, and use a model that"
          + " verifies its user."),
  E0000159(Reason.REJECTED, "The org takes FIPS-compliant security keys alone: use such a model."),
  E0000180(
      Reason.REJECTED, "The factor is suspended: activate it, or the user, in Okta's console."),
  E0000181(Reason.UNAVAILABLE, "Okta cannot do this at the moment. Try again in some minutes."),
  E0000191(Reason.EXPIRED, "Okta waited too long for the answer: begin the registration again."),
  E0000195(
      Reason.UNAVAILABLE,
      "Something else changes the same user or factor at this moment. It is tried again later."),
  E0000207(Reason.MISCONFIGURED, "Okta takes the credential for a wrong password: enter it anew."),
  E0000208(
      Reason.MISCONFIGURED,
      "Okta gave no access token: check client ID, key and scopes of the service app."),
  E0000212(
      Reason.MISCONFIGURED,
      "Okta refuses the origin: enter the one where users sign in, or add it in Okta's console"
          + " (Security > API > Trusted Origins)."),
  E0000215(
      Reason.MISCONFIGURED,
      "This address of Okta's API is no longer there: install a newer Keysmith."),
  E0000239(Reason.UNAVAILABLE, "Okta is putting its policies in order. Try again in a minute.");

  private final Reason reason;
  private final String advice;

  ErrorCode(Reason reason, String advice) {
    this.reason = reason;
    this.advice = advice;
  }

  static Optional<ErrorCode> of(String code) {
    for (ErrorCode each : values()) {
      if (each.name().equals(code)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  Reason reason() {
    return reason;
  }

  String advice() {
    return advice;
  }

  /** Whether it speaks of the token itself, so that its kind knows what to do. */
  boolean isAboutTheCredential() {
    return this == E0000004 || this == E0000005 || this == E0000011 || this == E0000207;
  }
}
