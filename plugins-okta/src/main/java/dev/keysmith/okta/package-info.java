/**
 * The identity provider plugin for Okta.
 *
 * <p>From the outside in: {@link dev.keysmith.okta.OktaProvider} answers the port; the directory,
 * the registrations and the factors say what to ask of Okta; a conversation sends it with pacing,
 * retries and errors in one place; the Okta SDK carries it.
 */
@NullMarked
package dev.keysmith.okta;

import org.jspecify.annotations.NullMarked;
