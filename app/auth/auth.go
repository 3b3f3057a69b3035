// Package auth knows who asks: by secrets that operators share with programs, by a session that began at an
// OpenID Connect provider, and by forms that we gave out ourselves. What each of them may do, and how a refusal
// looks, is left to app/web.
package auth
