"""The security headers of every answer, error pages and static files included."""

from flask import Response

from app.shared.settings import settings

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "media-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types service-worker",
    ]
)
WORKSHOP_POLICY = CONTENT_SECURITY_POLICY + " workshop-preview"
"""The workshop may turn text into HTML in one place: the preview that this server has rendered and cleaned."""
MEDIA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For drawings only: they are images, opened alone they may style themselves and nothing else."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def add_security_headers(response: Response) -> Response:
    headers = response.headers
    if "Content-Security-Policy" not in headers:
        headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    headers.extend(HEADERS)
    if settings().is_https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response
