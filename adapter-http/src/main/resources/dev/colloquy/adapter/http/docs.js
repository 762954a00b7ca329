SwaggerUIBundle({
  url: 'openapi',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  // Nothing is sent anywhere to be checked.
  validatorUrl: null,
});
