/** Resources for operators, API tokens and the audit log. */
@NullMarked
package dev.keysmith.war.rest.operator;

import org.jspecify.annotations.NullMarked;
